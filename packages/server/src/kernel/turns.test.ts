import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppError } from './errors.ts';
import { createTurns } from './turns.ts';

test('does only so many at a time, all of them, in order', async () => {
  const inTurn = createTurns(2);
  let [running, most] = [0, 0];
  const done: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      inTurn(async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(1);
        running -= 1;
        done.push(i);
      }),
    ),
  );
  assert.equal(most, 2);
  assert.deepEqual(
    done.toSorted((a, b) => a - b),
    Array.from({ length: 20 }, (_, i) => i),
  );
});

test('a work that fails gives its turn on', async () => {
  const inTurn = createTurns(1);
  const results = await Promise.allSettled([
    inTurn(() => Promise.reject(new Error('failed'))),
    inTurn(async () => 'done'),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
  assert.equal(await inTurn(async () => 'again'), 'again');
});

test('refuses what would make the queue too long', async () => {
  const inTurn = createTurns(1);
  const { promise, resolve } = Promise.withResolvers<void>();
  const works = Array.from({ length: 51 }, () => inTurn(() => promise));
  await assert.rejects(
    inTurn(async () => {}),
    (error: AppError) => error.code === 'UNAVAILABLE',
  );
  resolve();
  await Promise.all(works);
  await inTurn(async () => {});
});
