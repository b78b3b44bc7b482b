/**
 * What a route costs at least: Fastify at its defaults, logger off, with a route that answers a constant object. The
 * response schema has the shape of the object, so that it is serialised as in Latchkey. No session, no store.
 */
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';

/** The answers, by `METHOD path`. */
export type FastifyAnswers = Record<string, unknown>;

const app = fastify({ logger: false });
for (const [route, answer] of Object.entries(JSON.parse(process.env.ANSWERS!) as FastifyAnswers)) {
  const [method, url] = route.split(' ') as ['GET' | 'POST', string];
  app.route({ method, url, schema: { response: { 200: shapeOf(answer) } }, handler: async () => answer });
}
await app.listen({ port: 0, host: '127.0.0.1' });
process.once('disconnect', () => process.exit(0));
process.send?.((app.server.address() as AddressInfo).port);

function shapeOf(value: unknown): object {
  if (value === null) return { type: 'null' };
  if (Array.isArray(value)) return { type: 'array', items: value.length > 0 ? shapeOf(value[0]) : {} };
  if (typeof value !== 'object') return { type: typeof value };
  const members = Object.entries(value);
  // An empty object stands for one with any members (settings, data).
  if (members.length === 0) return { type: 'object', additionalProperties: true };
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(([name, member]) => [name, shapeOf(member)])),
    required: members.map(([name]) => name),
  };
}
