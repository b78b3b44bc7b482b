import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { openWorld } from '../support/world.ts';

const beginnings = {
  nothing: '',
  'half of a head': 'POST /api/v1/signin HTTP/1.1\r\nhost: localhost\r\n',
  'half of a body':
    'POST /api/v1/signin HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{',
};

test('connections that fall silent are cut within 20 seconds, each by the time limit of its kind', async (t) => {
  const w = await openWorld({ engine: 'sqlite' });
  t.after(() => w.close());
  const begin = performance.now();
  const times = await Promise.all(
    Object.entries(beginnings).map(async ([name, beginning]) => {
      const socket = connect(w.app.config.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(beginning);
      socket.resume();
      await once(socket, 'close');
      return [name, performance.now() - begin] as const;
    }),
  );
  for (const [name, time] of times) assert.ok(time < 20_000, `${name}: ${time} ms`);
});
