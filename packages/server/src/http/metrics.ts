import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { addGauge, createMetricsListener, type Metrics } from './metrics-listener.ts';

/** Figures that are read when somebody asks for the metrics. */
export interface MetricSources {
  /** Open streams of the feed. */
  streams(): number;
  /** The log's position, as far as this process has followed it. */
  position(): number;
  /** Verifiers that this process hears of, and by how many entries the last of them is behind. */
  followers(): { readonly connected: number; readonly lag: number };
}

/**
 * Counts the requests of a server by route, and serves that and the process's figures to Prometheus on a port of its
 * own: `GET /metrics`. Labels are routes as declared, never what a request held.
 */
export function createMetrics(server: FastifyInstance, sources: MetricSources): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const duration = new Histogram({
    name: 'latchkey_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [register],
  });
  addGauge(register, 'latchkey_feed_streams', 'Open streams of the revocation feed', () => sources.streams());
  addGauge(register, 'latchkey_log_position', 'Last entry of the revocation log that was handed on', () =>
    sources.position(),
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
    'Entries of the log that the verifier furthest behind has not reported to have applied; each reports twice a minute',
    () => sources.followers().lag,
  );

  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(none)';
    duration.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    done();
  });

  return createMetricsListener(register);
}
