import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Code } from '../../src/identity/codes/code.ts';
import { nobody } from '../../src/identity/codes/code.ts';
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
  failures: 0,
  ...changes,
});

forEachStore('codes', (makeDatabase) => {
  test('a newer one takes the place of the older', async () => {
    const { store } = await makeDatabase();
    const old = newCode();
    const newer = { ...old, hash: 'other', expireTime: now + 2000 };
    await store.transaction((tx) => tx.codes.put({ ...old, failures: 3 }));
    await store.transaction((tx) => tx.codes.put(newer));
    assert.deepEqual(await store.read.codes.find(old.accountId, 'recover'), newer);
    assert.equal(await store.transaction((tx) => tx.codes.use(old, allAfter(now), 5)), false);
    assert.equal(await store.transaction((tx) => tx.codes.use(newer, allAfter(now), 5)), true);
    assert.equal(await store.read.codes.find(old.accountId, 'recover'), undefined);
  });

  test('of many that use one at once, one does', async () => {
    const { store } = await makeDatabase();
    const code = newCode();
    await store.transaction((tx) => tx.codes.put(code));
    const used = await inParallel(20, () => store.transaction((tx) => tx.codes.use(code, allAfter(now), 5)));
    assert.equal(used.filter(Boolean).length, 1);
  });

  test('one that expired, or was guessed at too often, cannot be used', async () => {
    const { store } = await makeDatabase();
    const code = newCode();
    await store.transaction((tx) => tx.codes.put(code));
    assert.equal(await store.transaction((tx) => tx.codes.use(code, allAfter(code.expireTime), 5)), false);
    await inParallel(5, () => store.transaction((tx) => tx.codes.countFailure(code.accountId, 'recover')));
    assert.equal((await store.read.codes.find(code.accountId, 'recover'))?.failures, 5);
    assert.equal(await store.transaction((tx) => tx.codes.use(code, allAfter(now), 5)), false);
  });

  test('purposes and accounts do not mix, and nobody has codes too', async () => {
    const { store } = await makeDatabase();
    const code = newCode();
    const verify = newCode({ accountId: code.accountId, purpose: 'verify-email' });
    const nobodys = newCode({ accountId: nobody });
    await store.transaction(async (tx) => {
      for (const one of [code, verify, nobodys]) await tx.codes.put(one);
    });
    await store.transaction((tx) => tx.codes.remove(code.accountId, 'recover'));
    assert.equal(await store.read.codes.find(code.accountId, 'recover'), undefined);
    assert.deepEqual(await store.read.codes.find(code.accountId, 'verify-email'), verify);
    assert.deepEqual(await store.read.codes.find(nobody, 'recover'), nobodys);
    await store.transaction((tx) => tx.codes.remove(code.accountId));
    assert.equal(await store.read.codes.find(code.accountId, 'verify-email'), undefined);
    assert.equal(await store.transaction((tx) => tx.codes.removeExpired(now + 2000)), 1);
  });
});
