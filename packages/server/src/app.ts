import type { FastifyInstance } from 'fastify';
import { accountRoutes } from './accounts/routes.ts';
import { authRoutes } from './auth/routes.ts';
import { type Config, withPort } from './config.ts';
import { emailSettingsRoutes } from './email-settings/routes.ts';
import { freePort } from './free-port.ts';
import { createSessionCookie } from './http/cookies.ts';
import { type Discovery, discoveryRoutes, notReady } from './http/discovery-routes.ts';
import { addDocs } from './http/docs.ts';
import type { MetricSources } from './http/metrics.ts';
import { registerRoutes } from './http/route.ts';
import { createServer } from './http/server.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { siteInvitationRoutes } from './invitations/site-routes.ts';
import { startJobs } from './jobs.ts';
import type { Context } from './kernel/context.ts';
import { watchRevokedKeys } from './keys/watch-revoked-keys.ts';
import { MailLoop } from './mails/mail-loop.ts';
import { type OpenContext, type Overrides, openContext } from './open-context.ts';
import { addPages } from './pages/pages.ts';
import { passwordRoutes } from './passwords/routes.ts';
import { FeedStreams } from './revocations/feed-streams.ts';
import { LogHub } from './revocations/log-hub.ts';
import { createRemembering, noticeRestore } from './revocations/notice-restore.ts';
import { revocationRoutes } from './revocations/routes.ts';
import { roleRoutes } from './roles/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { SessionUses } from './sessions/session-uses.ts';
import { settingsRoutes } from './settings/routes.ts';
import { siteRoutes } from './sites/routes.ts';
import { siteUserRoutes } from './sites/user-routes.ts';
import { createLogMemory } from './store/log-memory.ts';
import { transferRoutes } from './transfers/routes.ts';
import { policyWith } from './verifiers/policy-with.ts';
import { verifierRoutes } from './verifiers/routes.ts';
import { VerifierRegistry } from './verifiers/verifier-registry.ts';

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
  const { keys, store, hasher, log } = opened;
  const memory = createLogMemory(config.dataDir);
  const remember = createRemembering(opened.context, memory);
  await noticeRestore(opened.context, memory);
  const hub = new LogHub(opened.context, (listener) => store.onAppend(listener));
  await hub.start();
  const revokedKeys = watchRevokedKeys(opened.context, keys);
  hub.follow(revokedKeys);
  await revokedKeys.start();
  const verifiers = new VerifierRegistry(opened.context, hub);
  await verifiers.start();
  const context = { ...opened.context, policy: policyWith(verifiers, opened.context.policy) };
  const uses = new SessionUses(context);
  hub.follow({ replaced: () => verifiers.reset() });
  const streams = new FeedStreams(context, hub, verifiers);
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
    verifiers,
    httpLog: log,
  };
  const server = await createServer(ctx, config);
  const metrics = await openMetrics(config, server, {
    streams: () => streams.size,
    position: () => hub.position,
    verifiers: () => verifiers.figures(),
  });
  // Routes belong to a plugin, because the document is made from those that come after its own.
  await server.register(async (scope) => {
    registerRoutes(scope, ctx, 'sessions', sessionRoutes);
    registerRoutes(scope, ctx, 'accounts', [...accountRoutes, ...transferRoutes]);
    registerRoutes(scope, ctx, 'passwords', passwordRoutes);
    registerRoutes(scope, ctx, 'roles', roleRoutes);
    registerRoutes(scope, ctx, 'sites', [...siteRoutes, ...siteUserRoutes]);
    registerRoutes(scope, ctx, 'invitations', [...siteInvitationRoutes, ...invitationRoutes]);
    registerRoutes(scope, ctx, 'settings', settingsRoutes);
    registerRoutes(scope, ctx, 'email_settings', emailSettingsRoutes);
    registerRoutes(scope, ctx, 'auth', authRoutes);
    registerRoutes(scope, ctx, 'revocations', revocationRoutes(streams));
    registerRoutes(scope, ctx, 'revocations', verifierRoutes);
    registerRoutes(scope, ctx, 'discovery', discoveryRoutes(discovery));
    addDocs(scope);
    addPages(scope);
  });
  const relay = await openRelay(config, context, hub);
  const mails = await openMails(config, opened);
  const jobs = startJobs(context, uses, remember);
  keys.watch((error) => log.warn({ err: error }, 'the keys cannot be read again'));
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
      verifiers.release();
      streams.close();
      await server.close();
      await metrics?.close();
      await jobs.stop();
      await remember().catch((error: unknown) =>
        log.warn({ err: error }, 'where the log ends is not remembered'),
      );
      await hub.close();
      revokedKeys.close();
      await verifiers.close();
      await relay?.close();
      await mails?.close();
      await uses
        .flush()
        .catch((error: unknown) => log.warn({ err: error }, 'the last uses of sessions are lost'));
      await opened.close();
    },
  };
}

/** Adapters that few installations use are loaded where they are asked for. */
async function openRelay(config: Config, { read, log }: Context, hub: LogHub) {
  if (config.redisUrl === undefined) return undefined;
  const { createRedisRelay } = await import('./events/redis-relay.ts');
  const source = {
    list: (after: number, limit: number) => read.revocations.list(after, limit),
    pruned: async () => (await read.revocations.state()).pruned,
  };
  const relay = createRedisRelay(config.redisUrl, source, log);
  hub.follow({ entries: () => relay.wake() });
  return relay;
}

async function openMails(config: Config, { context, onMail }: OpenContext) {
  if (config.smtpUrl === undefined) return undefined;
  const [{ createSmtpMailer }, { loadTemplates }] = await Promise.all([
    import('./smtp/mailer.ts'),
    import('./smtp/templates.ts'),
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
  const { createMetrics } = await import('./http/metrics.ts');
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
