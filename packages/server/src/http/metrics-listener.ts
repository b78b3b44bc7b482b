import { Gauge, type Registry } from 'prom-client';
import { createHttpServer } from './connections.ts';

/** Enough for every Prometheus that asks. */
const maxConnections = 20;

/** The listener for metrics. */
export interface Metrics {
  listen(address: { readonly host: string; readonly port: number }): Promise<void>;
  close(): Promise<void>;
}

/** Serves the figures of a registry to Prometheus on its own port: `GET /metrics`. */
export function createMetricsListener(register: Registry): Metrics {
  const { server: listener } = createHttpServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    register.metrics().then(
      (text) => {
        const headers = { 'content-type': register.contentType, 'content-length': Buffer.byteLength(text) };
        response.writeHead(200, headers).end(text);
      },
      () => response.writeHead(500).end(),
    );
  }, maxConnections);
  return {
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        const refuse = (error: Error) => reject(Object.assign(error, { setting: 'LATCHKEY_METRICS_PORT' }));
        listener.once('error', refuse);
        listener.listen(port, host, () => {
          listener.off('error', refuse);
          resolve();
        });
      }),
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
}

/** Adds a figure that is read with each request for the metrics. */
export function addGauge(register: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [register],
    collect() {
      this.set(read());
    },
  });
}
