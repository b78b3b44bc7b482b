import type { FastifyInstance } from 'fastify';

/** Collects the routes that are registered from now on, and finds the methods that they take on a URL's path. */
export function collectMethods(server: FastifyInstance): (url: string) => string[] {
  const routes: { readonly method: string; readonly pattern: RegExp }[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    const path = url.replaceAll(/:\w+/g, '[^/]+').replaceAll('.', '\\.').replaceAll('*', '.*');
    const pattern = new RegExp(`^${path}$`);
    for (const one of [method].flat()) if (one !== 'OPTIONS') routes.push({ method: one, pattern });
  });
  return (url) => {
    const path = url.split('?', 1)[0]!;
    return [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
    ].sort();
  };
}
