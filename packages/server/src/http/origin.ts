import type { FastifyRequest } from 'fastify';
import { AppError } from '../kernel/errors.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that pages of other sites ask for. Browsers say where a request comes from in headers that a page
 * cannot set: `Sec-Fetch-Site`, and `Origin` on every request that may change something. Requests with neither do not
 * come from a page. Throws WRONG_ORIGIN.
 */
export function createOriginCheck(allowed: readonly string[]): (request: FastifyRequest) => void {
  const origins = new Set(allowed);
  return (request) => {
    if (safeMethods.has(request.method)) return;
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (origin === undefined && site === undefined) return;
    if (site === 'same-origin') return;
    if (site === 'none' && origin === undefined) return;
    if (origin === undefined || !origins.has(origin)) throw new AppError('WRONG_ORIGIN');
  };
}

/**
 * Whether a page in a browser made the request. Browsers say so in `Sec-Fetch-Site`, or on plain http, where they send
 * no Fetch Metadata, by an `Origin`. `Sec-Fetch-Mode` says nothing: Node's own fetch sends it, too.
 */
export function isBrowserPage({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] !== undefined || headers.origin !== undefined;
}
