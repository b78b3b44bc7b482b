import { forwardAuthVariables, loadForwardAuthConfig } from '../forward-auth/config.ts';
import type { Command } from './frame/command.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { drainTime, stopInOrder } from './frame/stop-in-order.ts';
import { stopSignal } from './frame/stop-signal.ts';
import { variableColumns } from './frame/variable-columns.ts';

export const command: Command = {
  usage: '',
  help: `Runs a small service that reverse proxies ask about each request (nginx auth_request, Traefik ForwardAuth, Caddy
forward_auth, Envoy ext_authz), until SIGTERM or SIGINT. It needs neither the database nor the keys of the server, and
refuses to start with the server's variables.

Variables:
${variableColumns(forwardAuthVariables)}`,
  async run({ env, cwd }) {
    const config = loadForwardAuthConfig(env, { cwd });
    const [{ createForwardAuth }, { createLogger }] = await Promise.all([
      import('../forward-auth/create-forward-auth.ts'),
      import('../app/create-logger.ts'),
    ]);
    const log = createLogger(config.logLevel);
    for (const sentence of config.ignored) log.info(sentence);
    const service = await createForwardAuth(config, log);
    const stopped = stopSignal();
    let port: number;
    try {
      port = await service.listen();
    } catch (error) {
      await service.close();
      throw error;
    }
    const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/verify`;
    log.info({ url }, `forward authentication is served at ${url}`);
    service.ready().then(
      () => log.info(`the revocation log of ${config.publicUrl} is loaded`),
      (error: Error) => log.warn(error.message),
    );
    await stopInOrder(service, await stopped, { drain: drainTime(config.drain, env), log });
    return exitCodes.done;
  },
};
