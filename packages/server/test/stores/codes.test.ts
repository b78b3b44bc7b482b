import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Code, maxLiveCodes, nobody } from '../../src/identity/codes/code.ts';
import { allAfter } from '../support/clock.ts';
import { inParallel, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const now = 1_700_000_000_000;
const newCode = (changes: Partial<Code> = {}): Code => ({
  accountId: newAccount().id,
  purpose: 'recover',
  hash: 'hash',
  subject: 'ann@example.com',
  expireTime: now + 1000,
  life: 1000,
  ...changes,
});

forEachStore('codes', (makeDatabase) => {
  test('a newer one leaves the older', async () => {
    const { store } = await makeDatabase();
    const old = newCode();
    const newer = { ...old, hash: 'other', expireTime: now + 2000 };
    await store.transaction((tx) => tx.codes.put(old, maxLiveCodes));
    await store.transaction((tx) => tx.codes.put(newer, maxLiveCodes));
    for (const code of [old, newer]) {
      assert.deepEqual(await store.read.codes.find(old.accountId, 'recover', code.hash), code);
      assert.equal(await store.read.codes.isCode(old.accountId, code.hash), true);
      assert.equal(await store.transaction((tx) => tx.codes.use(code, allAfter(now))), true);
      assert.equal(await store.read.codes.find(old.accountId, 'recover', code.hash), undefined);
      assert.equal(await store.read.codes.isCode(old.accountId, code.hash), false);
    }
  });

  test('those that expire first give way when there are too many', async () => {
    const { store } = await makeDatabase();
    const first = newCode();
    const other = newCode({ accountId: first.accountId, purpose: 'verify-email' });
    await store.transaction(async (tx) => {
      await tx.codes.put(other, maxLiveCodes);
      for (let i = 0; i < maxLiveCodes + 2; i++) {
        await tx.codes.put({ ...first, hash: `hash ${i}`, expireTime: now + 1000 + i }, maxLiveCodes);
      }
    });
    const found = (hash: string) => store.read.codes.isCode(first.accountId, hash);
    const kept = ['hash 0', 'hash 1', 'hash 2', `hash ${maxLiveCodes + 1}`, other.hash].map(found);
    assert.deepEqual(await Promise.all(kept), [false, false, true, true, true]);
    await store.transaction((tx) => tx.codes.put({ ...first, hash: 'new', expireTime: now }, 1));
    const left = ['new', 'hash 2', `hash ${maxLiveCodes + 1}`, other.hash].map(found);
    assert.deepEqual(await Promise.all(left), [true, false, false, true]);
  });

  test('of many that use one at once, one does', async () => {
    const { store } = await makeDatabase();
    const code = newCode();
    await store.transaction((tx) => tx.codes.put(code, maxLiveCodes));
    const used = await inParallel(20, () => store.transaction((tx) => tx.codes.use(code, allAfter(now))));
    assert.equal(used.filter(Boolean).length, 1);
  });

  test('one that expired cannot be used', async () => {
    const { store } = await makeDatabase();
    const code = newCode();
    await store.transaction((tx) => tx.codes.put(code, maxLiveCodes));
    assert.equal(await store.transaction((tx) => tx.codes.use(code, allAfter(code.expireTime))), false);
    assert.equal(await store.transaction((tx) => tx.codes.use(code, allAfter(now))), true);
  });

  test('purposes and accounts do not mix, and nobody has codes too', async () => {
    const { store } = await makeDatabase();
    const code = newCode();
    const verify = newCode({ accountId: code.accountId, purpose: 'verify-email' });
    const nobodys = newCode({ accountId: nobody });
    await store.transaction(async (tx) => {
      for (const one of [code, verify, nobodys]) await tx.codes.put(one, maxLiveCodes);
    });
    await store.transaction((tx) => tx.codes.remove(code.accountId, 'recover'));
    assert.equal(await store.read.codes.find(code.accountId, 'recover', code.hash), undefined);
    assert.deepEqual(await store.read.codes.find(code.accountId, 'verify-email', code.hash), verify);
    assert.deepEqual(await store.read.codes.find(nobody, 'recover', code.hash), nobodys);
    await store.transaction((tx) => tx.codes.remove(code.accountId));
    assert.equal(await store.read.codes.find(code.accountId, 'verify-email', code.hash), undefined);
    await store.transaction((tx) => tx.codes.put({ ...nobodys, purpose: 'verify-email' }, maxLiveCodes));
    const remove = (limit: number) => store.transaction((tx) => tx.codes.removeExpired(now + 2000, limit));
    assert.deepEqual([await remove(1), await remove(1), await remove(100)], [1, 1, 0]);
  });
});
