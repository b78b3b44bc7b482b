import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { startApp } from '../support/app.ts';

async function talk(host: string, port: number, text: string): Promise<string> {
  const socket = connect(port, host);
  socket.setEncoding('utf8');
  let answer = '';
  socket.on('data', (part: string) => {
    answer += part;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

test('both addresses of localhost are served alike, and end together', async (t) => {
  const world = await startApp({ env: { HOST: 'localhost' } });
  t.after(() => world.close());
  const { port } = world;
  for (const host of ['127.0.0.1', '::1']) {
    assert.match(
      await talk(host, port, 'nonsense\r\n\r\n'),
      /^HTTP\/1\.1 400 .*"code":"INVALID_DATA"/s,
      host,
    );
    const odd = 'GET /health/alive HTTP/1.1\r\nhost: localhost\r\nexpect: odd\r\nconnection: close\r\n\r\n';
    assert.match(await talk(host, port, odd), /^HTTP\/1\.1 200 /, host);
  }
  // Half of a request on the second address does not hold the stop, either.
  const half = connect(port, '::1').on('error', () => {});
  half.write('POST /api/v1/signin HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n');
  await once(half, 'connect');
  const idle = connect(port, '::1').on('error', () => {});
  await once(idle, 'connect');
  const begin = performance.now();
  await world.close();
  assert.ok(performance.now() - begin < 9500);
  assert.ok(half.destroyed || (await once(half, 'close')));
});
