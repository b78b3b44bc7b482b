import type { FastifyInstance } from 'fastify';

/**
 * Answers what browsers ask before a page of one of these origins may call with credentials, and lets it read the
 * answers. Such a page may send any header field: tracing tools add theirs to every request, and none of them proves
 * anything. Without origins nothing is added.
 */
export async function allowOrigins(server: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  const { default: cors } = await import('@fastify/cors');
  const allowed = new Set(origins);
  server.addHook('onRequest', (request, reply, done) => {
    const { origin, 'access-control-request-private-network': isPrivate } = request.headers;
    if (isPrivate === 'true' && request.method === 'OPTIONS' && origin !== undefined && allowed.has(origin)) {
      // Chromium asks so before a public page may reach a server in a private network.
      reply.header('access-control-allow-private-network', 'true');
    }
    done();
  });
  await server.register(cors, {
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'x-request-id',
      'x-correlation-id',
      'retry-after',
      'link',
      'www-authenticate',
      'ratelimit',
      'ratelimit-policy',
    ],
    maxAge: 600,
  });
}
