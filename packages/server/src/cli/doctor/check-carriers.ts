import type { RedisServer } from '../../adapters/events/redis-connection.ts';
import type { Config } from '../../config/config.ts';
import { destinationOf } from '../../log/relay/relay-source.ts';
import type { Call } from '../frame/command.ts';
import { reportOf } from '../frame/report.ts';
import { type Check, checkTimeout } from './check.ts';

/** Whether the mail server takes the connection and the credentials, and the templates can be used. */
export async function checkMail({ smtpUrl, smtpCa, mailTemplates }: Config): Promise<Check[]> {
  const name = 'mail server';
  if (smtpUrl === undefined)
    return [{ name, result: 'ok', message: 'None is set: mails are kept, not sent.' }];
  const [{ probeMailServer }, { loadTemplates, TemplateError }] = await Promise.all([
    import('../../adapters/smtp/probe.ts'),
    import('../../adapters/smtp/templates.ts'),
  ]);
  const { host, username } = new URL(smtpUrl);
  const checks: Check[] = [];
  try {
    loadTemplates(mailTemplates);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    checks.push({ name: 'mail templates', result: 'failed', message: reportOf(error).error.message });
  }
  try {
    await probeMailServer({ url: smtpUrl, ca: smtpCa }, checkTimeout);
    const taken = username === '' ? 'the connection' : 'the connection and the credentials';
    return [...checks, { name, result: 'ok', message: `${host} takes ${taken}. Nothing was sent.` }];
  } catch (error) {
    return [...checks, { name, result: 'failed', message: `${host}: ${(error as Error).message}.` }];
  }
}

/** Whether Redis answers, and events can be added to its stream; and what it has yet to take, or will never get. */
export async function checkRedis(call: Call, { redisUrl, redisCa: ca }: Config): Promise<Check[]> {
  if (redisUrl === undefined) return [];
  return (await Promise.all([checkConnection({ url: redisUrl, ca }), checkEvents(call, redisUrl)])).flat();
}

async function checkEvents(call: Call, redisUrl: string): Promise<Check[]> {
  const name = 'logout events';
  const destination = destinationOf(redisUrl);
  try {
    const [waiting, positions] = await call.withContext(({ context: { read } }) =>
      Promise.all([read.relays.waiting(destination), read.relays.list(destination)]),
    );
    const dropped = positions.reduce((sum, one) => sum + one.dropped, 0);
    const message = `${waiting} wait for Redis, and ${dropped} were dropped.`;
    return [{ name, result: dropped > 0 ? 'warning' : 'ok', message }];
  } catch {
    // The check of the database says why.
    return [];
  }
}

async function checkConnection(server: RedisServer): Promise<Check[]> {
  const name = 'Redis';
  const { probeRedis } = await import('../../adapters/events/probe-redis.ts');
  const { host } = new URL(server.url);
  try {
    await probeRedis(server, checkTimeout);
    return [{ name, result: 'ok', message: `${host} answers, and its stream can be added to.` }];
  } catch (error) {
    return [{ name, result: 'failed', message: `${host}: ${(error as Error).message}.` }];
  }
}
