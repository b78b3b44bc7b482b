import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { mergeRuns } from './merge-runs.ts';
import { runEvery } from './run-every.ts';
import { runInBatches } from './run-in-batches.ts';

/** Work of which each run ends when it is told to. */
function heldWork() {
  const runs: PromiseWithResolvers<void>[] = [];
  const work = () => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  };
  return { runs, work };
}

test('calls during a run share one further run, which begins when that one has ended', async () => {
  const { runs, work } = heldWork();
  const run = mergeRuns(work);
  const first = run();
  const later = [run(), run(), run()];
  assert.equal(runs.length, 1);
  runs[0]!.reject(new Error('failed'));
  await assert.rejects(first, /failed/);
  await sleep(0);
  assert.equal(runs.length, 2);
  const last = run();
  runs[1]!.resolve();
  await Promise.all(later);
  await sleep(0);
  assert.equal(runs.length, 3);
  runs[2]!.resolve();
  await last;
  assert.equal(runs.length, 3);
});

test('runs of a repetition do not overlap, a failure does not end it, and closing waits for the last', async () => {
  const { runs, work } = heldWork();
  const errors: unknown[] = [];
  const repetition = runEvery(1, work, (error) => errors.push(error));
  await sleep(30);
  assert.equal(runs.length, 1);
  const error = new Error('failed');
  runs[0]!.reject(error);
  await sleep(30);
  assert.deepEqual(errors, [error]);
  assert.equal(runs.length, 2);
  let closed = false;
  const closing = repetition.close().then(() => {
    closed = true;
  });
  await sleep(10);
  assert.equal(closed, false);
  runs[1]!.resolve();
  await closing;
  await sleep(10);
  assert.equal(runs.length, 2);
});

test('batches end with the first that is not full, and are counted', async () => {
  for (const [all, steps] of [
    [0, 1],
    [2, 1],
    [3, 2],
    [7, 3],
  ] as const) {
    let [left, calls] = [all as number, 0];
    const count = await runInBatches(3, async (size) => {
      const done = Math.min(size, left);
      left -= done;
      calls += 1;
      return done;
    });
    assert.deepEqual([count, calls], [all, steps]);
  }
  const failing = runInBatches(1, () => Promise.reject(new Error('away')));
  await assert.rejects(failing, /away/);
});
