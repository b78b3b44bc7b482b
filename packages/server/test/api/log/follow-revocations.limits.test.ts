import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../faults/support/process.ts';
import { follow } from '../../support/feed.ts';
import { openWorld } from '../../support/world.ts';

const id = (n: number) => String(n).padStart(22, 'v');

test('a service key follows the log so many times at once, and another one is not affected', async (t) => {
  const w = await openWorld({ engine: 'sqlite', env: { LATCHKEY_FEED_STREAMS: '3' } });
  t.after(() => w.close());
  const key = await w.serviceKey('orders');
  const readers = [];
  for (let n = 0; n < 3; n += 1) readers.push(await follow(w, key, { 'latchkey-verifier': id(n) }));

  const more = (headers: Record<string, string> = {}) =>
    w.call({
      method: 'GET',
      path: '/auth/revocations',
      headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream', ...headers },
    });
  const refused = await more();
  assert.equal(refused.status, 429);
  assert.equal(refused.json.code, 'TOO_MANY_REQUESTS');
  assert.equal(refused.headers['retry-after'], '10');
  assert.equal((await more({ 'latchkey-verifier': id(9) })).status, 429);
  // Pollers hold nothing open.
  assert.equal((await more({ accept: 'application/json' })).status, 200);
  const other = await follow(w, await w.serviceKey('reports'));
  t.after(() => other.close());

  // One whose connection died unnoticed comes back under its own name.
  const again = await follow(w, key, { 'latchkey-verifier': id(1) });
  await readers[1]!.ended;
  await again.next();
  assert.equal((await more()).status, 429);
  again.close();
  await until(
    async () => {
      const next = await follow(w, key).catch(() => undefined);
      next?.close();
      return next !== undefined;
    },
    'its place is free again',
    50,
  );
  for (const reader of readers) reader.close();
});
