import type { FastifyInstance } from 'fastify';
import { AppError } from '../kernel/errors.ts';

/**
 * Collects the routes that are registered from now on, and finds the methods that they take on a URL's path: none where
 * there is no such path, all of them for `*`, the whole server. OPTIONS is taken wherever another is.
 */
export function collectMethods(server: FastifyInstance): (url: string) => string[] {
  const routes: { readonly method: string; readonly pattern: RegExp }[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    const path = url.replaceAll(/:\w+/g, '[^/]+').replaceAll('.', '\\.').replaceAll('*', '.*');
    const pattern = new RegExp(`^${path}$`);
    for (const one of [method].flat()) if (one !== 'OPTIONS') routes.push({ method: one, pattern });
  });
  return (url) => {
    const path = url.split('?', 1)[0]!;
    const found = routes
      .filter(({ pattern }) => path === '*' || pattern.test(path))
      .map(({ method }) => method);
    return found.length === 0 ? [] : [...new Set([...found, 'OPTIONS'])].sort();
  };
}

/**
 * Answers OPTIONS with the methods that a path takes, or the whole server: `OPTIONS *` is how Apache's balancer asks
 * whether it lives (RFC 9110, 9.3.7). The question that a browser asks before a page
 * of another origin may send a request is left to what comes after: it is answered where that origin is allowed.
 */
export function answerOptions(server: FastifyInstance, methodsOf: (url: string) => string[]): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS' || 'access-control-request-method' in request.headers) return done();
    const methods = methodsOf(request.url);
    if (methods.length === 0) return done(new AppError('NOT_FOUND'));
    reply.header('allow', methods.join(', ')).code(204).send();
  });
}
