import type { App } from '../app/create-app.ts';
import { adminRole } from '../identity/roles/role.ts';
import type { Command } from './frame/command.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { stopSignal } from './frame/stop-signal.ts';

/** How long the stop may take after the server has drained. Milliseconds. */
const closeTimeout = 20_000;

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
    const signal = await stopped;
    process.once('SIGTERM', () => process.exit(exitCodes.refused));
    process.once('SIGINT', () => process.exit(exitCodes.refused));
    // A person at a terminal does not wait, and npm's end frees the port for the next start.
    const drain = signal === 'SIGTERM' ? config.drain : 0;
    if (drain > 0) {
      app.logger.info(`${signal}: not ready any more, serving for ${drain / 1000} s`);
      await app.drain(drain);
    }
    app.logger.info(`${signal}: finishing the requests in flight`);
    setTimeout(() => {
      app.logger.error('the stop took too long');
      process.exit(exitCodes.refused);
    }, closeTimeout).unref();
    await app.close();
    app.logger.info('stopped');
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
