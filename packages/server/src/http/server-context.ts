import type { FastifyBaseLogger } from 'fastify';
import type { Ids } from '../kernel/ports.ts';

/** What the HTTP server needs to know of the service. */
export interface ServerContext {
  readonly publicUrl: string;
  readonly ids: Ids;
  readonly httpLogger: FastifyBaseLogger;
}
