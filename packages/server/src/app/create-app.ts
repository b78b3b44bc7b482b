import type { FastifyInstance } from 'fastify';
import { createLogMemory } from '../adapters/store/log-memory.ts';
import { accountRoutes } from '../api/accounts/routes.ts';
import { authRoutes } from '../api/auth/routes.ts';
import { type Discovery, discoveryRoutes, notReady } from '../api/discovery-routes.ts';
import { emailSettingsRoutes } from '../api/email-settings/routes.ts';
import { followerRoutes } from '../api/followers/routes.ts';
import { importExportRoutes } from '../api/import-export/routes.ts';
import { invitationRoutes } from '../api/invitations/routes.ts';
import { siteInvitationRoutes } from '../api/invitations/site-routes.ts';
import { logRoutes } from '../api/log/routes.ts';
import { openApiOptions } from '../api/openapi.ts';
import { addPages } from '../api/pages/pages.ts';
import { passwordRoutes } from '../api/passwords/routes.ts';
import { roleRoutes } from '../api/roles/routes.ts';
import { registerRoutes } from '../api/route.ts';
import { sessionRoutes } from '../api/sessions/routes.ts';
import { settingsRoutes } from '../api/settings/routes.ts';
import { siteRoutes } from '../api/sites/routes.ts';
import { siteUserRoutes } from '../api/sites/user-routes.ts';
import { type Config, withPort } from '../config/config.ts';
import { createSessionCookie } from '../http/cookies.ts';
import { addDocs } from '../http/docs.ts';
import type { MetricSources } from '../http/metrics.ts';
import { createServer } from '../http/server.ts';
import { MailLoop } from '../identity/mails/mail-loop.ts';
import type { Context } from '../kernel/context.ts';
import { endedBy } from '../log/entry.ts';
import { FeedStreams } from '../log/feed-streams.ts';
import { FollowerRegistry } from '../log/followers/follower-registry.ts';
import { LogHub } from '../log/log-hub.ts';
import { watchRevokedKeys } from '../log/watch-revoked-keys.ts';
import { createRemembering, noticeRestore } from '../sessions/notice-restore.ts';
import { policyWith } from '../sessions/policy-with.ts';
import { SessionUses } from '../sessions/session-uses.ts';
import { freePort } from './free-port.ts';
import { startJobs } from './jobs.ts';
import { type OpenContext, type Overrides, openContext } from './open-context.ts';

/** The whole service. */
export interface App extends OpenContext {
  /** With the port that was taken. */
  readonly config: Config;
  /** When sessions were used. */
  readonly uses: SessionUses;
  /** Begins to serve. */
  listen(): Promise<void>;
  /** Takes no more requests, finishes those in flight, writes what waits, and closes everything. */
  close(): Promise<void>;
}

/** Wires the service together; nothing is served before `listen`. Throws what `openContext` throws. */
export async function createApp(given: Config, overrides: Overrides = {}): Promise<App> {
  const config = given.port === 0 ? withPort(given, await freePort(given.host)) : given;
  const opened = await openContext(config, overrides);
  const { keys, store, hasher, logger } = opened;
  const memory = createLogMemory(config.dataDir);
  const remember = createRemembering(opened.context, memory);
  await noticeRestore(opened.context, memory);
  const hub = new LogHub(opened.context, (listener) => store.onAppend(listener));
  await hub.start();
  const revokedKeys = watchRevokedKeys(opened.context, keys);
  hub.follow(revokedKeys);
  await revokedKeys.start();
  const followers = new FollowerRegistry(opened.context, hub);
  await followers.start();
  const context = { ...opened.context, policy: policyWith(followers, opened.context.policy) };
  const uses = new SessionUses(context);
  hub.follow({ replaced: () => followers.reset() });
  const streams = new FeedStreams(context, hub, followers);
  let closing = false;
  const discovery: Discovery = {
    audience: config.audience,
    jwks: () => keys.jwks(),
    async checkReady() {
      if (closing) throw notReady();
      await store.ping();
    },
  };
  const ctx = {
    ...context,
    cookie: cookieOf(config),
    publicUrl: config.publicUrl,
    uses,
    followers,
    httpLogger: logger,
  };
  const server = await createServer(ctx, {
    trustedProxies: config.trustedProxies,
    allowedOrigins: config.allowedOrigins,
    openApi: openApiOptions(config.publicUrl, ctx.cookie?.name ?? 'x-session-id'),
  });
  const metrics = await openMetrics(config, server, {
    streams: () => streams.size,
    position: () => hub.position,
    followers: () => followers.figures(),
  });
  // Routes belong to a plugin, because the document is made from those that come after its own.
  await server.register(async (scope) => {
    registerRoutes(scope, ctx, 'sessions', sessionRoutes);
    registerRoutes(scope, ctx, 'accounts', [...accountRoutes, ...importExportRoutes]);
    registerRoutes(scope, ctx, 'passwords', passwordRoutes);
    registerRoutes(scope, ctx, 'roles', roleRoutes);
    registerRoutes(scope, ctx, 'sites', [...siteRoutes, ...siteUserRoutes]);
    registerRoutes(scope, ctx, 'invitations', [...siteInvitationRoutes, ...invitationRoutes]);
    registerRoutes(scope, ctx, 'settings', settingsRoutes);
    registerRoutes(scope, ctx, 'email_settings', emailSettingsRoutes);
    registerRoutes(scope, ctx, 'auth', authRoutes);
    registerRoutes(scope, ctx, 'revocations', logRoutes(streams));
    registerRoutes(scope, ctx, 'revocations', followerRoutes);
    registerRoutes(scope, ctx, 'discovery', discoveryRoutes(discovery));
    addDocs(scope);
    addPages(scope);
  });
  const relay = await openRelay(config, context, hub);
  const mails = await openMails(config, opened);
  const jobs = startJobs(context, uses, remember);
  keys.watch((error) => logger.warn({ err: error }, 'the keys cannot be read again'));
  hasher.warmUp();
  return {
    ...opened,
    context,
    uses,
    config,
    async listen() {
      await server.listen({ host: config.host, port: config.port });
      if (config.metricsPort !== undefined)
        await metrics?.listen({ host: config.host, port: config.metricsPort });
      mails?.start();
    },
    async close() {
      if (closing) return;
      closing = true;
      followers.release();
      streams.close();
      await server.close();
      await metrics?.close();
      await jobs.stop();
      await remember().catch((error: unknown) =>
        logger.warn({ err: error }, 'where the log ends is not remembered'),
      );
      await hub.close();
      revokedKeys.close();
      await followers.close();
      await relay?.close();
      await mails?.close();
      await uses
        .flush()
        .catch((error: unknown) => logger.warn({ err: error }, 'the last uses of sessions are lost'));
      await opened.close();
    },
  };
}

/** Adapters that few installations use are loaded where they are asked for. */
async function openRelay(config: Config, { read, logger }: Context, hub: LogHub) {
  if (config.redisUrl === undefined) return undefined;
  const { createRedisRelay } = await import('../adapters/events/redis-relay.ts');
  const source = {
    list: (after: number, limit: number) => read.log.list(after, limit),
    pruned: async () => (await read.log.state()).pruned,
    endedBy,
  };
  const relay = createRedisRelay(config.redisUrl, source, logger);
  hub.follow({ entries: () => relay.wake() });
  return relay;
}

async function openMails(config: Config, { context, onMail }: OpenContext) {
  if (config.smtpUrl === undefined) return undefined;
  const [{ createSmtpMailer }, { loadTemplates }] = await Promise.all([
    import('../adapters/smtp/mailer.ts'),
    import('../adapters/smtp/templates.ts'),
  ]);
  const from = config.mailFrom ?? `Latchkey <no-reply@${new URL(config.publicUrl).hostname}>`;
  const mailer = createSmtpMailer({
    url: config.smtpUrl,
    from,
    templates: loadTemplates(config.mailTemplates),
  });
  const loop = new MailLoop(context, mailer);
  onMail(() => loop.wake());
  return {
    start: () => loop.start(),
    async close() {
      await loop.stop();
      mailer.close();
    },
  };
}

async function openMetrics(config: Config, server: FastifyInstance, sources: MetricSources) {
  if (config.metricsPort === undefined) return undefined;
  const { createMetrics } = await import('../http/metrics.ts');
  return createMetrics(server, sources);
}

function cookieOf(config: Config) {
  return createSessionCookie({
    enabled: config.cookieEnabled,
    name: config.cookie,
    sameSite: config.cookieSameSite,
    maxAge: config.cookieMaxAge,
    secure: config.publicUrl.startsWith('https:'),
  });
}
