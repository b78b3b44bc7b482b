import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Mail } from '../../src/identity/mails/mail.ts';
import type { Store } from '../../src/kernel/context.ts';
import { allAfter } from '../support/clock.ts';
import { inParallel, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const now = 1_700_000_000_000;
const page = { skip: 0, take: 100, total: true };
const newMail = (changes: Partial<Mail> = {}): Mail => ({
  id: randomUUID(),
  kind: 'recover-password',
  accountId: newAccount().id,
  createTime: now,
  expireTime: now + 60_000,
  status: 'waiting',
  attempts: 0,
  nextTime: now,
  sealed: 'sealed',
  ...changes,
});

const dueAt = (time: number) => ({ waiting: allAfter(time), sending: allAfter(time) });

async function put(store: Store, ...mails: Mail[]): Promise<void> {
  await store.transaction(async (tx) => {
    for (const mail of mails) await tx.mails.put(mail);
  });
}

forEachStore('the queue of mails', (makeDatabase) => {
  test('lists what was put, newest first', async () => {
    const { store } = await makeDatabase();
    const { accountId: _, expireTime: __, ...plain } = newMail({ createTime: now + 1 });
    const mails = [plain, newMail()];
    await put(store, ...mails);
    assert.deepEqual(await store.read.mails.list({}, page), { data: mails, total: 2 });
    assert.deepEqual((await store.read.mails.list({ status: 'sent' }, page)).data, []);
  });

  test('many that claim at once are never given the same mail', async () => {
    const { store } = await makeDatabase();
    const mails = Array.from({ length: 30 }, () => newMail());
    await put(store, ...mails, newMail({ nextTime: now + 1 }), newMail({ status: 'parked' }));
    const claimed = await inParallel(10, () =>
      store.transaction((tx) => tx.mails.claim(5, dueAt(now), now + 1000)),
    );
    const ids = claimed.flat().map(({ id }) => id);
    const rest = await store.transaction((tx) => tx.mails.claim(50, dueAt(now), now + 1000));
    assert.deepEqual([...ids, ...rest.map(({ id }) => id)].sort(), mails.map(({ id }) => id).sort());
  });

  test('one whose sender has died is given to another, and only that one settles it', async () => {
    const { store } = await makeDatabase();
    await put(store, newMail());
    const claim = (time: number) => store.transaction((tx) => tx.mails.claim(1, dueAt(time), time + 1000));
    const [first] = await claim(now);
    assert.equal(first!.attempts, 1);
    assert.deepEqual(await claim(now + 999), []);
    const [second] = await claim(now + 1000);
    assert.equal(second!.attempts, 2);
    const sent = { status: 'sent', nextTime: now, sentTime: now, forget: true } as const;
    assert.equal(await store.transaction((tx) => tx.mails.settle(first!, sent)), false);
    assert.equal(await store.transaction((tx) => tx.mails.settle(second!, sent)), true);
    const [stored] = (await store.read.mails.list({}, page)).data;
    const { sealed: _, ...rest } = second!;
    assert.deepEqual(stored, { ...rest, status: 'sent', nextTime: now, sentTime: now });
  });

  test('a parked one can be tried again, unless what it said is forgotten', async () => {
    const { store } = await makeDatabase();
    const parked = newMail({ status: 'parked', attempts: 12, failure: 'refused' });
    const { sealed: _, ...forgotten } = newMail({ status: 'parked' });
    const sent = newMail({ status: 'sent' });
    await put(store, parked, forgotten, sent);
    const retried = await Promise.all(
      [parked, forgotten, sent].map(({ id }) => store.transaction((tx) => tx.mails.retry(id, now + 5))),
    );
    assert.deepEqual(retried, [true, false, false]);
    const [again] = (await store.read.mails.list({ status: 'waiting' }, page)).data;
    assert.deepEqual(again, { ...parked, status: 'waiting', attempts: 0, nextTime: now + 5 });
  });

  test('those that wait are due at once, and no others', async () => {
    const { store } = await makeDatabase();
    const waiting = [newMail({ nextTime: now + 3600_000 }), newMail({ nextTime: now - 1 })];
    const others = [
      newMail({ status: 'sending', nextTime: now + 1 }),
      newMail({ status: 'parked', nextTime: now + 1 }),
    ];
    await put(store, ...waiting, ...others);
    await store.transaction((tx) => tx.mails.hurry(now));
    const { data } = await store.read.mails.list({}, page);
    const timeOf = ({ id }: Mail) => data.find((mail) => mail.id === id)!.nextTime - now;
    assert.deepEqual([...waiting, ...others].map(timeOf), [0, -1, 1, 1]);
  });

  test('forgets those of an account, and by portions those that are over, but none that waits', async () => {
    const { store } = await makeDatabase();
    const gone = newMail();
    const over = [
      newMail({ status: 'sent', nextTime: now }),
      newMail({ status: 'parked', nextTime: now }),
      newMail({ status: 'waiting', expireTime: now, nextTime: now - 5 }),
    ];
    const kept = [
      newMail({ createTime: now - 100 }),
      newMail({ expireTime: now + 1 }),
      newMail({ status: 'sending', createTime: now - 100 }),
      newMail({ status: 'sent', createTime: now - 100, nextTime: now + 1 }),
      newMail({ status: 'parked', createTime: now - 100, expireTime: now - 50, nextTime: now + 1 }),
    ];
    await put(store, gone, ...over, ...kept);
    await store.transaction((tx) => tx.mails.removeOf(gone.accountId!));
    const remove = () => store.transaction((tx) => tx.mails.removeOver(allAfter(now + 1), 2));
    assert.deepEqual([await remove(), await remove(), await remove()], [2, 1, 0]);
    const left = (await store.read.mails.list({}, page)).data.map(({ id }) => id);
    assert.deepEqual(left.sort(), kept.map(({ id }) => id).sort());
  });
});
