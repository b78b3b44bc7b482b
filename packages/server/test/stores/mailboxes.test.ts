import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SentMail } from '../../src/identity/mails/mail-limit.ts';
import { allAfter } from '../support/clock.ts';
import { inParallel } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const now = 1_700_000_000_000;
const sent = (time: number): SentMail => ({ kind: 'verify-email', time });

forEachStore('mailboxes', (makeDatabase) => {
  test('one that nobody knows is empty, and each has its own', async () => {
    const { store } = await makeDatabase();
    await store.transaction(async (tx) => {
      assert.deepEqual(await tx.mailboxes.lock('a'), []);
      await tx.mailboxes.save('a', [sent(now)], now);
      assert.deepEqual(await tx.mailboxes.lock('a'), [sent(now)]);
      assert.deepEqual(await tx.mailboxes.lock('b'), []);
    });
    assert.deepEqual(await store.transaction((tx) => tx.mailboxes.lock('a')), [sent(now)]);
  });

  test('of many that count at once, each sees what the others have counted', async () => {
    const { store } = await makeDatabase();
    const seen = await inParallel(50, () =>
      store.transaction(async (tx) => {
        const before = await tx.mailboxes.lock('a');
        await tx.mailboxes.save('a', [...before, sent(now)], now);
        return before.length;
      }),
    );
    assert.deepEqual(
      seen.toSorted((a, b) => a - b),
      [...seen.keys()],
    );
  });

  test('a transaction that fails has counted nothing', async () => {
    const { store } = await makeDatabase();
    const failing = store.transaction(async (tx) => {
      await tx.mailboxes.lock('a');
      await tx.mailboxes.save('a', [sent(now)], now);
      throw new RangeError('on purpose');
    });
    await assert.rejects(failing, RangeError);
    assert.deepEqual(await store.transaction((tx) => tx.mailboxes.lock('a')), []);
  });

  test('those that are over are removed by portions', async () => {
    const { store } = await makeDatabase();
    await store.transaction(async (tx) => {
      for (const [i, mark] of ['a', 'b', 'c'].entries()) {
        await tx.mailboxes.lock(mark);
        await tx.mailboxes.save(mark, [sent(now)], now + i);
      }
    });
    const remove = () => store.transaction((tx) => tx.mailboxes.removeOld(allAfter(now + 2), 1));
    assert.deepEqual([await remove(), await remove(), await remove()], [1, 1, 0]);
    assert.deepEqual(await store.transaction((tx) => tx.mailboxes.lock('c')), [sent(now)]);
  });
});
