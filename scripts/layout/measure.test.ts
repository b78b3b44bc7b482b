import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Import, measureLayout } from './measure.ts';

const groups = ['app', 'sessions', 'kernel'];
const value = (from: string, to: string): Import => ({ from, to, typeOnly: false });
const type = (from: string, to: string): Import => ({ from, to, typeOnly: true });

test('imports within one group are no arrows', () => {
  const { arrows, cycles } = measureLayout([value('app/a.ts', 'app/b.ts')], groups);
  assert.deepEqual([arrows, cycles], [[], []]);
});

test('two imports between the same groups are one arrow', () => {
  const { arrows, upwards } = measureLayout(
    [value('app/a.ts', 'kernel/x.ts'), type('app/b.ts', 'kernel/y.ts')],
    groups,
  );
  assert.deepEqual([arrows, upwards], [['app → kernel'], []]);
});

test('an arrow that runs back up is told, and whether it is more than a type', () => {
  const onlyTypes = measureLayout([type('kernel/x.ts', 'sessions/s.ts')], groups);
  assert.deepEqual([onlyTypes.upwards, onlyTypes.upwardValues], [['kernel → sessions'], []]);
  const values = measureLayout([value('kernel/x.ts', 'sessions/s.ts')], groups);
  assert.deepEqual(values.upwardValues, ['kernel → sessions']);
});

test('groups that import values of each other are a circle, although no two files do', () => {
  const { cycles } = measureLayout([value('app/a.ts', 'log/x.ts'), value('log/y.ts', 'app/b.ts')], groups);
  assert.deepEqual(cycles, [['app', 'log']]);
});

test('a circle of three, deep in one group', () => {
  const { cycles } = measureLayout(
    [
      value('app/a/1.ts', 'app/b/1.ts'),
      value('app/b/2.ts', 'app/c/1.ts'),
      value('app/c/2.ts', 'app/a/2.ts'),
      value('app/main.ts', 'app/a/1.ts'),
    ],
    groups,
  );
  assert.deepEqual(cycles, [['app/a', 'app/b', 'app/c']]);
});

test('types make no circle', () => {
  const { cycles } = measureLayout([value('app/a.ts', 'log/x.ts'), type('log/y.ts', 'app/b.ts')], groups);
  assert.deepEqual(cycles, []);
});
