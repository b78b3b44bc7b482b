import type { Config } from '../../config/config.ts';
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

/** Whether Redis answers, and events can be added to its stream. */
export async function checkRedis({ redisUrl, redisCa }: Config): Promise<Check[]> {
  if (redisUrl === undefined) return [];
  const name = 'Redis';
  const { probeRedis } = await import('../../adapters/events/probe-redis.ts');
  const { host } = new URL(redisUrl);
  try {
    await probeRedis({ url: redisUrl, ca: redisCa }, checkTimeout);
    return [{ name, result: 'ok', message: `${host} answers, and its stream can be added to.` }];
  } catch (error) {
    return [{ name, result: 'failed', message: `${host}: ${(error as Error).message}.` }];
  }
}
