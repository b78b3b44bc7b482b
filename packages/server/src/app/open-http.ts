import type { FastifyInstance } from 'fastify';
import type { RedisRelay } from '../adapters/events/redis-relay.ts';
import type { HttpContext } from '../api/context.ts';
import { openApiOptions } from '../api/openapi.ts';
import type { Config } from '../config/config.ts';
import { createSessionCookie } from '../http/cookies.ts';
import { createDrain } from '../http/drain.ts';
import { createEntrance } from '../http/entrance.ts';
import { chooseConnections } from '../http/file-limit.ts';
import type { MetricSources } from '../http/metrics.ts';
import type { Metrics } from '../http/metrics-listener.ts';
import { createOrigins } from '../http/origin.ts';
import { createServer } from '../http/server.ts';
import { boundUnsentAnswers } from '../http/unsent-answers.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { given } from '../kernel/given.ts';
import type { Lifetime } from '../kernel/lifetime.ts';
import { FeedStreams } from '../log/feed-streams.ts';
import type { SessionUses } from '../sessions/session-uses.ts';
import { addApi } from './add-api.ts';
import type { FollowedLog } from './follow-log.ts';
import type { Resources } from './open-resources.ts';
import { createReadiness } from './readiness.ts';

export interface HttpParts extends FollowedLog {
  readonly context: Context;
  readonly resources: Resources;
  readonly uses: SessionUses;
  readonly relay: RedisRelay | undefined;
}

/** The server as far as it listens. */
export interface Listener {
  /** Starts to serve. */
  listen(): Promise<void>;
  /** Is no longer ready, and has each answer end its connection; new connections are still served. */
  drain(): void;
}

/** Opens everything that is reached over HTTP. */
export async function openHttp(
  config: Config,
  { context, resources, uses, relay, hub, followers }: HttpParts,
  life: Lifetime,
): Promise<Listener> {
  const cookie = cookieOf(config);
  const { logger, keys, store } = resources;
  const { publicUrl, audience, trustedProxies, allowedOrigins, host, port, metricsPort } = config;
  const origins = createOrigins(publicUrl, allowedOrigins);
  const ctx: HttpContext = { ...context, cookie, publicUrl, origins, uses, followers, httpLogger: logger };
  const openApi = openApiOptions(publicUrl, cookie?.name ?? 'x-session-id');
  const maxConnections = chooseConnections(config.maxConnections);
  if (maxConnections < (config.maxConnections ?? 0)) {
    logger.warn(
      `LATCHKEY_MAX_CONNECTIONS is above what the limit of open files leaves room for: ${maxConnections}. Raise that (ulimit -n).`,
    );
  }
  const { server, connections } = await createServer(ctx, { trustedProxies, maxConnections, openApi });
  const unsent = boundUnsentAnswers(server);
  // One service must not take the place of all others.
  const maxStreams = Math.min(config.feedStreams, Math.floor(maxConnections / 2));
  const streams = new FeedStreams(ctx, hub, followers, maxStreams);
  const metrics = await openMetrics(config, server, {
    connections: () => connections,
    streams: () => streams.size,
    position: () => hub.position,
    followers: () => followers.figures(),
    unsentBytes: () => unsent.bytes,
    restores: () => hub.replacements,
    doubted: () => hub.doubted,
    ...given({
      relay: relay && (() => relay.figures()),
      sessionCacheBytes: store.cachedBytes && (() => store.cachedBytes!()),
    }),
  });
  // Closed in reverse: requests stop waiting for followers, streams end, then the requests in flight finish.
  if (metrics !== undefined) life.add('the metrics', metrics);
  const entrance = createEntrance(server.server);
  const drain = createDrain(server.server, { entrance, connections }, () => server.close());
  server.addHook('onRequest', (request, _reply, done) => {
    const refused = hub.doubted && !withoutDatabase.has(request.routeOptions.url ?? '');
    if (refused) hub.wake();
    done(refused ? replaced() : undefined);
  });
  life.add('the HTTP server', () => drain.close(), 10_000);
  life.add('the streams of the feed', streams).start();
  life.add('waiting for followers', () => followers.release());
  const checkReady = createReadiness(store, () => drain.begun || life.closing);
  await addApi(server, ctx, streams, { audience, jwks: () => keys.jwks(), checkReady });
  return {
    async listen() {
      await server.ready();
      await entrance.listen({ host, port });
      if (metricsPort !== undefined) await metrics?.listen({ host, port: metricsPort });
    },
    drain: () => drain.begin(),
  };
}

/** What is served while the database is doubted: it says nothing of sessions. */
const withoutDatabase = new Set(['/health/alive', '/.well-known/jwks.json', '/.well-known/latchkey']);

function replaced(): AppError {
  const cause = new Error('the database was replaced by another one, such as a restored backup');
  return new AppError('UNAVAILABLE', { retryAfter: 1, cause });
}

async function openMetrics(
  { metricsPort }: Config,
  server: FastifyInstance,
  sources: MetricSources,
): Promise<Metrics | undefined> {
  if (metricsPort === undefined) return undefined;
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
