import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createHttpServer } from '../../src/http/connections.ts';

/** A server that answers after a turn, and counts at how many requests it is. */
async function serve() {
  const seen = { now: 0, most: 0, all: 0 };
  const { server, connections } = createHttpServer(async (request, response) => {
    seen.all += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await turn();
    seen.now -= 1;
    response.end(request.url);
  }, 100);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, connections, seen, port: (server.address() as AddressInfo).port };
}

const head = (path: number | string) => `GET /${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

test('requests that come at once over one connection are handled in turn, and answered in order', {
  timeout: 20_000,
}, async (t) => {
  const { server, seen, connections, port } = await serve();
  t.after(() => server.close());
  const paths = Array.from({ length: 60 }, (_, i) => i);
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let text = '';
  socket.on('data', (part) => {
    text += part;
  });
  socket.write(paths.map(head).join(''));
  while (!text.endsWith('/59') && !t.signal.aborted) await turn();
  assert.deepEqual(
    [...text.matchAll(/^\/(\d+)/gm)].map(([, path]) => Number(path)),
    paths,
  );
  assert.equal(seen.most, 1);
  assert.equal(connections.size, 1);
  socket.destroy();
  while (connections.size > 0 && !t.signal.aborted) await turn();
});

test('a connection over which a thousand come at once is cut', async (t) => {
  const { server, seen, connections, port } = await serve();
  t.after(() => server.close());
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.resume().write(head('').repeat(1000));
  await once(socket, 'close');
  assert.ok(seen.all <= 100, `${seen.all} were handled`);
  assert.equal(connections.size, 0);
});
