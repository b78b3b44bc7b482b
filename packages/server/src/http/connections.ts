import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { ConnectionGuard } from './connection-guard.ts';

const kib = 1024;

/** How connections are treated, whoever serves them. Times in milliseconds, sizes in bytes. */
export const connectionOptions = {
  /** 32 KiB of header fields, which is what a site with many cookies sends, and a KiB for what comes before them. */
  maxHeaderSize: 33 * kib,
  /** How long the header fields of a request may take, from the beginning of a connection on, and how long all of it. */
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  /** How often Node looks whether they have passed; by itself twice a minute. */
  connectionsCheckingInterval: 2000,
  /** How long an idle connection may be used again, as clients are told: less than firewalls keep it. */
  keepAliveTimeout: 72_000,
  /**
   * For so much longer it stays open. A proxy that sends on a connection which is just being closed answers 502, so the
   * proxy must be the one that closes: Google's load balancers do so after 600 s.
   */
  keepAliveTimeoutBuffer: 548_000,
};

/**
 * An HTTP server whose connections are bounded, in time and in number. Every server of ours is made here. `most` is how
 * many it may have at once.
 */
export function createHttpServer(
  handler: RequestListener,
  most: number,
  options: ServerOptions = {},
): { readonly server: Server; readonly connections: ConnectionGuard } {
  const server = createServer({ ...connectionOptions, ...options });
  return { server, connections: new ConnectionGuard(server, most, handler) };
}
