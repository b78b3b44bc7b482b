import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usesAccuracy, usesStep } from './uses-step.ts';

test('a use is stored once in a hundredth of the idle limit, a minute at least, or a tenth of a short limit', () => {
  const [second, minute, hour] = [1000, 60_000, 3_600_000];
  for (const [idle, accuracy, step] of [
    [10 * second, second, second],
    [10 * minute, minute, minute],
    [hour, minute, minute],
    [2 * hour, minute, 72 * second],
    [24 * hour, minute, 864 * second],
  ] as const) {
    assert.deepEqual([usesAccuracy(idle), usesStep(idle)], [accuracy, step]);
  }
});
