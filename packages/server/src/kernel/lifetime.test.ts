import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lifetime, openTogether } from './lifetime.ts';

function newLog() {
  const lines: { readonly message: string; readonly err: unknown }[] = [];
  const warn = (fields: object, message: string) => {
    lines.push({ message, err: (fields as { err?: unknown }).err });
  };
  return { lines, warn };
}

test('what was added is closed one by one, the last first, and once', async () => {
  const life = new Lifetime(newLog());
  const closed: string[] = [];
  const part = { close: () => closed.push(`part, closing: ${life.closing}`) };
  assert.equal(life.add('part', part), part);
  life.add('slow', async () => {
    await sleep(5);
    closed.push('slow');
  });
  life.add('last', () => closed.push('last'));
  assert.equal(life.closing, false);
  const both = [life.close(), life.close()];
  assert.equal(life.closing, true);
  await Promise.all(both);
  assert.deepEqual(closed, ['last', 'slow', 'part, closing: true']);
});

test('a failure is logged by the name, and the next is closed', async () => {
  const log = newLog();
  const life = new Lifetime(log);
  const closed: string[] = [];
  const [early, late] = [new Error('early'), new Error('late')];
  life.add('first', () => closed.push('first'));
  life.add('rejects', () => Promise.reject(late));
  life.add('throws', () => {
    throw early;
  });
  await life.close();
  assert.deepEqual(closed, ['first']);
  assert.deepEqual(log.lines, [
    { message: 'closing failed: throws', err: early },
    { message: 'closing failed: rejects', err: late },
  ]);
});

test('what was opened before a failure is closed; without one it stays open', async () => {
  const closed: string[] = [];
  const open = (fail: boolean) =>
    openTogether(newLog(), async (life) => {
      life.add('one', () => closed.push('one'));
      life.add('two', () => closed.push('two'));
      if (fail) throw new Error('three cannot be opened');
      return life;
    });
  await assert.rejects(open(true), /three cannot be opened/);
  assert.deepEqual(closed.splice(0), ['two', 'one']);
  const life = await open(false);
  assert.deepEqual(closed, []);
  await life.close();
  assert.deepEqual(closed, ['two', 'one']);
});
