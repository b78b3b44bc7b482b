import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
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

it('a stop loses no request of those that connect just then, and waits for one that is on its way', async (t) => {
  const folder = newFolder();
  t.after(() => folder.remove());
  const PORT = await freePort();
  const stops = 4;
  const callers = 8;
  let [answered, lost] = [0, 0];
  for (let i = 0; i < stops; i += 1) {
    const server = await startServer({ PORT, LATCHKEY_DATA_DIR: folder.path });
    t.after(() => server.end('SIGKILL'));
    const late = connect(Number(PORT), '127.0.0.1');
    const lateAnswer = textOf(late.on('error', () => {}));
    await once(late, 'connect');
    let refused = false;
    const load = Array.from({ length: callers }, async () => {
      while (!refused) {
        const outcome = await post(Number(PORT));
        if (outcome === 'answered') answered += 1;
        if (outcome === 'lost') lost += 1;
        refused = outcome === 'refused';
      }
    });
    const idle = connect(Number(PORT), '127.0.0.1').on('error', () => {});
    await sleep(200);
    const begin = performance.now();
    const ended = server.end('SIGTERM');
    await Promise.all(load);
    late.end(request);
    assert.match(await lateAnswer, /^HTTP\/1\.1 401 /);
    assert.deepEqual(await ended, { code: 0, signal: null });
    assert.ok(performance.now() - begin < 4000, 'an idle connection does not hold it');
    idle.destroy();
  }
  assert.ok(answered > stops * callers, `${answered} answered`);
  // A machine that stops the process at the very moment may lose those of one stop. All would be lost without care.
  assert.ok(lost <= callers, `${lost} lost, ${answered} answered`);
});

const request =
  'POST /auth/who-am-i HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

/** Sends a request on a connection of its own. */
async function post(port: number): Promise<'answered' | 'lost' | 'refused'> {
  const socket = connect(port, '127.0.0.1');
  let isRefused = false;
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    isRefused = code === 'ECONNREFUSED';
  });
  socket.on('connect', () => socket.write(request));
  const text = await textOf(socket);
  if (text.startsWith('HTTP/1.1 401 ')) return 'answered';
  return isRefused ? 'refused' : 'lost';
}

/** What comes on a connection until it ends. */
function textOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.once('close', () => resolve(text));
  });
}
