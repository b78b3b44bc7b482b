import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * HEAD is taken wherever GET is (RFC 9110, 9.3.2). Both have one handler, so that status and headers are the same; Node
 * leaves the body out. Fastify's own HEAD routes would compile each serialiser twice.
 */
export const readMethods = ['GET', 'HEAD'];

/** Leads to a path of this server. */
export function redirectTo(reply: FastifyReply, location: string): FastifyReply {
  // Fastify gives an answer without a body this length only where it is not to HEAD.
  return reply.header('content-length', '0').redirect(location);
}

/** Adds a page that the OpenAPI document leaves out. */
export function addPage(
  server: FastifyInstance,
  url: string,
  handler: (request: FastifyRequest, reply: FastifyReply) => unknown,
): void {
  server.route({ method: readMethods, url, schema: { hide: true }, handler });
}
