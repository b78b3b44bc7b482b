import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Mail } from '../../src/identity/mails/mail.ts';
import { retryMail } from '../../src/identity/mails/retry-mail.ts';
import { openWorld } from '../support/world.ts';

test('a parked mail is due again at once; any other id is not found, and changes nothing', async (t) => {
  const w = await openWorld();
  t.after(() => w.close());
  const { context } = w.app;
  const now = w.clock.now();
  const newMail = (changes: Partial<Mail>): Mail => ({
    id: randomUUID(),
    kind: 'recover-password',
    createTime: now,
    status: 'parked',
    attempts: 12,
    nextTime: now,
    failure: 'refused',
    sealed: 'sealed',
    ...changes,
  });
  const [parked, sent] = [newMail({}), newMail({ status: 'sent', createTime: now - 1 })];
  await context.transaction(async (tx) => {
    for (const mail of [parked, sent]) await tx.mails.put(mail);
  });
  const list = async () => (await context.read.mails.list({}, { skip: 0, take: 100, total: false })).data;

  w.clock.move(60_000);
  await assert.rejects(retryMail(context, { id: sent.id }), { code: 'NOT_FOUND' });
  await assert.rejects(retryMail(context, { id: randomUUID() }), { code: 'NOT_FOUND' });
  assert.deepEqual(await list(), [parked, sent]);

  const before = w.clock.now();
  await retryMail(context, { id: parked.id });
  const [again, untouched] = await list();
  assert.ok(again!.nextTime >= before && again!.nextTime <= w.clock.now());
  assert.deepEqual(again, { ...parked, status: 'waiting', attempts: 0, nextTime: again!.nextTime });
  assert.deepEqual(untouched, sent);
});
