import type { FastifyInstance } from 'fastify';
import { addPage, redirectTo } from './add-page.ts';
import { basePathOf } from './base-path.ts';

/**
 * Adds what browsers and crawlers ask of every host, unasked: `/` leads to the API reference, there is no icon, and
 * nothing here is for search engines.
 */
export function addFrontPage(server: FastifyInstance, publicUrl: string): void {
  addPage(server, '/', (_request, reply) => redirectTo(reply, `${basePathOf(publicUrl)}/docs/`));
  addPage(server, '/favicon.ico', (_request, reply) => reply.code(204).send());
  addPage(server, '/robots.txt', (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /\n'),
  );
}
