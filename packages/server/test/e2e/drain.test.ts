import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../support/client.ts';
import { freePort, newFolder, startServer } from './support/server-process.ts';

it('after SIGTERM a server is not ready, serves on for the time of the drain, and then takes nothing', async (t) => {
  const folder = newFolder();
  t.after(() => folder.remove());
  const PORT = await freePort();
  const server = await startServer({ PORT, LATCHKEY_DATA_DIR: folder.path, LATCHKEY_DRAIN: '2s' });
  t.after(() => server.end('SIGKILL'));
  const open = createClient(Number(PORT));
  t.after(() => open.close());
  const json = { login: 'ada', password: 'correct horse battery staple' };
  const signUp = { method: 'POST', path: '/api/v1/signup', json: { name: 'Ada', ...json } };
  assert.equal((await open.call(signUp)).status, 200);

  // One whose request never ends must not hold the stop.
  const half = connect(Number(PORT), '127.0.0.1').on('error', () => {});
  t.after(() => half.destroy());
  half.write('POST /api/v1/signin HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n');

  const begin = performance.now();
  const ended = server.end('SIGTERM');
  await sleep(500);
  for (const client of [open, createClient(Number(PORT))]) {
    const answer = await client.call({ method: 'POST', path: '/api/v1/signin', json });
    assert.equal(answer.status, 200, 'it serves on, over new connections, too');
    assert.equal(answer.headers.connection, 'close', 'and sends clients elsewhere');
    const ready = await client.call({ method: 'GET', path: '/health/ready' });
    assert.equal(ready.status, 503);
    client.close();
  }
  assert.deepEqual(await ended, { code: 0, signal: null });
  const took = performance.now() - begin;
  assert.ok(took > 1900, `it ended after ${took} ms`);
  assert.ok(took < 20_000, `it ended after ${took} ms`);
});
