import type { RedisRelay } from '../adapters/events/redis-relay.ts';
import type { Config } from '../config/config.ts';
import { MailLoop } from '../identity/mails/mail-loop.ts';
import type { BaseContext } from '../kernel/context.ts';
import type { Lifetime } from '../kernel/lifetime.ts';
import type { LogHub } from '../log/log-hub.ts';
import { createRelaySource, destinationOf } from '../log/relay/relay-source.ts';

// Few installations use these adapters, so they are loaded only where they are configured.

/** Opens what sends the queued mails once it is started. Undefined where no mail server is configured. */
export async function openMails(config: Config, life: Lifetime): Promise<MailLoop | undefined> {
  if (config.smtpUrl === undefined) return undefined;
  const [{ createSmtpMailer }, { loadTemplates }] = await Promise.all([
    import('../adapters/smtp/mailer.ts'),
    import('../adapters/smtp/templates.ts'),
  ]);
  const from = config.mailFrom ?? `Latchkey <no-reply@${new URL(config.publicUrl).hostname}>`;
  const templates = loadTemplates(config.mailTemplates);
  const server = { url: config.smtpUrl, ca: config.smtpCa };
  const mailer = life.add('the mail server', createSmtpMailer({ ...server, from, templates }));
  return life.add('the mails', new MailLoop(mailer));
}

/** Sends each end of a session to Redis from now on. Undefined where no Redis is configured. */
export async function openRelay(
  config: Config,
  ctx: BaseContext,
  hub: LogHub,
  life: Lifetime,
): Promise<RedisRelay | undefined> {
  const { redisUrl: url, redisCa: ca, redisStreamLength: length } = config;
  if (url === undefined) return undefined;
  const { openRedisRelay } = await import('../adapters/events/redis-relay.ts');
  const source = createRelaySource(ctx, hub, { name: destinationOf(url), backlog: config.redisBacklog });
  const relay = life.add(
    'the relay to Redis',
    await openRedisRelay({ server: { url, ca }, length }, source, ctx.logger),
  );
  hub.follow({ entries: () => relay.wake(), replaced: () => relay.wake() });
  return relay;
}
