import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { owner } from './access.ts';
import type { HttpContext } from './context.ts';
import { type Route, registerRoutes, route } from './route.ts';

const row = { method: 'GET', url: '/x', operation: 'x', summary: 'X', answers: {}, handle() {} } as const;

test('a route without a declared access does not start', () => {
  const server = Fastify();
  const routes = [{ ...row } as unknown as Route];
  assert.throws(() => registerRoutes(server, {} as HttpContext, 'x', routes), TypeError);
  assert.equal(server.hasRoute({ method: 'GET', url: '/x' }), false);
});

test('an access that reads the path takes a path with that member only', () => {
  // @ts-expect-error: the path names no account
  assert.ok(route({ ...row, access: owner }));
});
