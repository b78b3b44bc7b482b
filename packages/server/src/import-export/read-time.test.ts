import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoTime } from '../kernel/time.ts';
import { readTime } from './read-time.ts';

test('a time is read as databases and programs write it', () => {
  const second = '2024-01-02T03:04:05.000Z';
  for (const [written, expected] of [
    ['2024-01-02T03:04:05Z', second],
    ['2024-01-02 03:04:05+00', second],
    ['2024-01-02 03:04:05.123456+00', '2024-01-02T03:04:05.123Z'],
    ['2024-01-02T03:04:05.123456789Z', '2024-01-02T03:04:05.123Z'],
    ['2024-01-02 05:34:05+0230', second],
    ['2024-01-01 22:04:05-05', second],
    ['2024-01-02 03:04:05 UTC', second],
    ['2024-01-02 03:04:05 +0000', second],
    ['2024-01-02 03:04:05', second],
    ['2024-01-02 03:04:05.1234567 +00:00', '2024-01-02T03:04:05.123Z'],
    ['2024-01-02T03:04', '2024-01-02T03:04:00.000Z'],
    ['2024-01-02', '2024-01-02T00:00:00.000Z'],
    ['1704164645000', second],
    ['1704164645', second],
    [1704164645, second],
    [1704164645000, second],
    [1704164645000.25, second],
    ['\t2024-01-02 03:04:05 ', second],
  ] as const) {
    assert.equal(isoTime(readTime(written)!), expected, String(written));
  }
});

test('what is no time is none', () => {
  const none = [
    '',
    '2024',
    '2024-02-30',
    '2024-01-02 25:00:00',
    '01/02/2024',
    'now',
    '0000-00-00 00:00:00',
    '-1',
  ];
  for (const written of [...none, Number.NaN, -5, Number.POSITIVE_INFINITY]) {
    assert.equal(readTime(written), undefined, String(written));
  }
});
