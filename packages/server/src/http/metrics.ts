import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { addLoopDelay } from './loop-delay.ts';
import { addGauge, createMetricsListener, type Metrics } from './metrics-listener.ts';

/** Figures that are read with each request for the metrics. */
export interface MetricSources {
  /** Open streams of the feed. */
  streams(): number;
  /** How far this process has followed the log. */
  position(): number;
  /** How many verifiers this process hears of, and by how many entries the slowest is behind. */
  followers(): { readonly connected: number; readonly lag: number };
  /** How far Redis has taken the log, and how many events were dropped, ever; absent where there is none. */
  relay?(): { readonly position: number; readonly dropped: number };
}

/**
 * Counts the requests of a server by route, and serves this and the figures of the process to Prometheus on its own
 * port: `GET /metrics`. Labels are routes as declared, never contents of a request.
 */
export function createMetrics(server: FastifyInstance, sources: MetricSources): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const stopDelay = addLoopDelay(register);
  const duration = new Histogram({
    name: 'latchkey_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [register],
  });
  addGauge(register, 'latchkey_feed_streams', 'Open streams of the revocation feed', () => sources.streams());
  addGauge(
    register,
    'latchkey_log_position',
    'Last entry of the revocation log that this process passed on',
    () => sources.position(),
  );

  addGauge(
    register,
    'latchkey_verifiers_connected',
    'Verifiers that this process hears of',
    () => sources.followers().connected,
  );
  addGauge(
    register,
    'latchkey_verifiers_max_lag',
    'Entries of the log that the slowest verifier has not reported as applied; verifiers report twice a minute',
    () => sources.followers().lag,
  );

  const { relay } = sources;
  if (relay !== undefined) {
    addGauge(
      register,
      'latchkey_redis_position',
      'Last entry of the revocation log that Redis has taken',
      () => relay().position,
    );
    addGauge(
      register,
      'latchkey_redis_dropped_events',
      'Logout events that were dropped, because Redis was behind by more than is kept',
      () => relay().dropped,
    );
  }

  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(none)';
    duration.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    done();
  });

  const listener = createMetricsListener(register);
  return {
    listen: listener.listen,
    close() {
      stopDelay();
      return listener.close();
    },
  };
}
