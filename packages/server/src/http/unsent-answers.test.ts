import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { AppError } from '../kernel/errors.ts';
import { boundUnsentAnswers } from './unsent-answers.ts';

const mebibyte = 1024 * 1024;

test('answers that nobody reads wait up to a bound; more of them are refused until readers go', async (t) => {
  const server = Fastify();
  t.after(() => server.close());
  const unsent = boundUnsentAnswers(server);
  server.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof AppError && error.code === 'UNAVAILABLE' ? 503 : 500).send({}),
  );
  server.get('/large', () => 'x'.repeat(20 * mebibyte));
  server.post('/large', () => 'x'.repeat(20 * mebibyte));
  server.get('/small', () => 'x');
  const url = await server.listen({ port: 0 });
  const statusOf = async (path: string, method = 'GET') => {
    const response = await fetch(`${url}${path}`, { method });
    await response.arrayBuffer();
    return response.status;
  };

  const sockets = [1, 2, 3].map(() => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
      socket.write('GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n'),
    );
    return socket.pause();
  });
  t.after(() => sockets.map((socket) => socket.destroy()));
  await until(() => unsent.bytes === 60 * mebibyte);
  assert.equal(await statusOf('/large'), 503);
  assert.equal(await statusOf('/small'), 200);
  assert.equal(await statusOf('/large', 'POST'), 200, 'what was done is answered');
  assert.equal(unsent.bytes, 60 * mebibyte);

  sockets[0]!.destroy();
  await until(() => unsent.bytes === 40 * mebibyte);
  assert.equal(await statusOf('/large'), 200);
  await until(() => unsent.bytes === 40 * mebibyte);
});

async function until(met: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!met()) {
    assert.ok(performance.now() < deadline, 'not within ten seconds');
    await sleep(5);
  }
}
