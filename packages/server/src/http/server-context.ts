import type { FastifyBaseLogger } from 'fastify';
import type { Ids } from '../kernel/ports.ts';
import type { Origins } from './origin.ts';

/** What the HTTP server needs to know of the service. */
export interface ServerContext {
  readonly publicUrl: string;
  readonly origins: Origins;
  readonly ids: Ids;
  readonly httpLogger: FastifyBaseLogger;
}
