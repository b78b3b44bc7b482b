import type { FastifyRequest } from 'fastify';
import { AppError } from '../kernel/errors.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site's page asks for. Browsers say where a request comes from in headers that a page
 * cannot set: `Sec-Fetch-Site`, and `Origin` on every request that may change something. Requests without either are
 * not from a page. Throws WRONG_ORIGIN.
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
 * Whether the request was made by a page in a browser, which says so in `Sec-Fetch-Mode`. Node's own fetch sends
 * `cors` there too, though no page is behind it; browsers never call themselves `node`.
 */
export function isBrowserPage({ headers }: FastifyRequest): boolean {
  const mode = headers['sec-fetch-mode'];
  const nodeFetch =
    mode === 'cors' && headers['user-agent'] === 'node' && headers['sec-fetch-site'] === undefined;
  return mode !== undefined && !nodeFetch;
}
