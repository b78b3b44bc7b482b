import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movableClock } from '../../../test/support/clock.ts';
import { invitationLife, invitationStatuses, keepInvitations, statusOf } from './invitation.ts';
import { keepSends, sendLimits } from './send-limits.ts';

test('what waits has expired from the end of its life on; nothing else ever has', () => {
  assert.equal(
    statusOf({ action: 'activate', status: 'pending', expireTime: 1000 }, movableClock(999)),
    'pending',
  );
  assert.equal(
    statusOf({ action: 'activate', status: 'pending', expireTime: 1000 }, movableClock(1000)),
    'expired',
  );
  assert.equal(statusOf({ action: 'activate', status: 'pending' }, movableClock(1e15)), 'pending');
  for (const status of invitationStatuses) {
    if (status === 'pending' || status === 'expired') continue;
    assert.equal(statusOf({ action: 'activate', status, expireTime: 1000 }, movableClock(1e15)), status);
  }
});

test('an invitation is kept for longer than it lives, and a send for as long as any limit looks back', () => {
  assert.ok(Math.max(...Object.values(invitationLife)) < keepInvitations);
  const within = Object.values(sendLimits).flatMap((limits) => limits.map((limit) => limit.within));
  assert.equal(Math.max(...within), keepSends);
});
