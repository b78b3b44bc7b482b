import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invitationLife, invitationStatuses, keepInvitations, statusAt } from './invitation.ts';
import { sendLimits, sendsCount } from './send-limits.ts';

test('what waits has expired from the end of its life on; nothing else ever has', () => {
  assert.equal(statusAt({ status: 'pending', expireTime: 1000 }, 999), 'pending');
  assert.equal(statusAt({ status: 'pending', expireTime: 1000 }, 1000), 'expired');
  assert.equal(statusAt({ status: 'pending' }, 1e15), 'pending');
  for (const status of invitationStatuses) {
    if (status === 'pending' || status === 'expired') continue;
    assert.equal(statusAt({ status, expireTime: 1000 }, 1e15), status);
  }
});

test('an invitation is kept for longer than it lives, and a send for as long as any limit looks back', () => {
  assert.ok(Math.max(...Object.values(invitationLife)) < keepInvitations);
  const within = Object.values(sendLimits).flatMap((limits) => limits.map((limit) => limit.within));
  assert.equal(Math.max(...within), sendsCount);
});
