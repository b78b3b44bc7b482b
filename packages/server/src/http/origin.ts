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
 * Whether a page in a browser made the request: browsers say so in `Sec-Fetch-Mode`. Node's own fetch sends `cors`
 * there, too, without a page; browsers never call themselves `node`.
 */
export function isBrowserPage({ headers }: FastifyRequest): boolean {
  const mode = headers['sec-fetch-mode'];
  const nodeFetch =
    mode === 'cors' && headers['user-agent'] === 'node' && headers['sec-fetch-site'] === undefined;
  return mode !== undefined && !nodeFetch;
}
