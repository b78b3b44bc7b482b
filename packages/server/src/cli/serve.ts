import type { App } from '../app/create-app.ts';
import { adminRole } from '../identity/roles/role.ts';
import type { Command } from './frame/command.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { drainTime, stopInOrder } from './frame/stop-in-order.ts';
import { stopSignal } from './frame/stop-signal.ts';

export const command: Command = {
  usage: '',
  help: `Runs the server until SIGTERM or SIGINT. After SIGTERM it is not ready, but serves on for LATCHKEY_DRAIN, so that load
balancers go elsewhere. Then requests in flight finish, and it exits with 0; a second signal ends it at once. The first
start creates the database and the keys. See latchkey config for the configuration.`,
  async run(call) {
    const config = call.config();
    const { createApp } = await import('../app/create-app.ts');
    const app = await createApp(config);
    const stopped = stopSignal();
    await app.listen();
    for (const warning of config.warnings) app.logger.warn(warning);
    for (const sentence of config.ignored) app.logger.info(sentence);
    await welcome(app);
    await stopInOrder(app, await stopped, { drain: drainTime(config.drain, call.env), log: app.logger });
    return exitCodes.done;
  },
};

/** Logs where the server is and what to do next. */
async function welcome({ logger, config, context }: App): Promise<void> {
  const { publicUrl } = config;
  logger.info({ url: publicUrl, port: config.port }, `Latchkey is ready at ${publicUrl}`);
  logger.info(`API reference: ${publicUrl}/docs`);
  if (config.smtpUrl === undefined) {
    logger.info(
      'LATCHKEY_SMTP_URL is not set: mails are kept, not sent. Read them with: npx latchkey mail list',
    );
  }
  if ((await context.read.roles.listHolders([adminRole], 1)).length === 0) {
    logger.info(
      "There is no admin yet. Create one: npx latchkey accounts create --admin --login admin --name 'Your Name' --password-stdin",
    );
  }
  if ((await context.read.services.list()).length === 0) {
    logger.info('A service that checks tokens needs a key of its own: npx latchkey services add NAME');
  }
}
