import assert from 'node:assert/strict';
import { it } from 'node:test';
import { settleTimes } from '../../src/kernel/clock/settle-times.ts';
import { shareSetBack } from '../../src/kernel/clock/share-set-back.ts';
import { expireSessions } from '../../src/sessions/expire-sessions.ts';
import { full } from '../faults/support/full.ts';
import { numbersStored } from '../support/stored.ts';
import { type Wait, waits } from '../support/stored-times.ts';
import { onEachStore, type World } from '../support/world.ts';

const hour = 3600_000;
const days = 24 * hour;

/** Waits that are tested elsewhere. */
const elsewhere = ['connected follower: test/stores/followers.test.ts'];

/** Every time that is stored, and what it holds: names of `waits`. Nothing where it is only shown. */
const times: Readonly<Record<string, readonly string[]>> = {
  'accounts.create_time': [],
  'accounts.roles_update_time': [],
  'clock.latest': [],
  'clock.set_back_to': [],
  'codes.expire_time': [
    'recovery code',
    'first recovery code',
    'code to verify an address',
    'one-time password',
    'one-time password in its session',
  ],
  'followers.contact_time': elsewhere,
  'followers.live_until': elsewhere,
  'followers.report_time': elsewhere,
  'imports.update_time': [],
  'invitation_sends.time': ['limit of invitations'],
  'former_logs.end_time': [],
  'invitations.create_time': [],
  'invitations.expire_time': ['invitation', 'request to join'],
  'invitations.sent_time': [],
  'invitations.update_time': ['old invitation'],
  'log_entries.at': ['entry of the log'],
  'log_entries.expires_at': ['entry of the log'],
  'mailboxes.update_time': ['limit of mails', 'limit of changes of an address'],
  'mails.create_time': ['mail that cannot be handed over', 'outcome of a mail'],
  // A mail is given up after three days in any case.
  'mails.expire_time': ['mail that cannot be handed over'],
  'mails.next_time': ['mail to be tried again', 'mail that is being sent'],
  'mails.sent_time': [],
  'passwords.change_time': [],
  // Locked until somebody unlocks it, however long that takes.
  'passwords.lock_time': [],
  'passwords.wait_until': ['wait after wrong passwords'],
  'relays.seen_time': ['destination of a relay'],
  'services.create_time': [],
  'sessions.auth_time': ['proof of presence'],
  'sessions.close_time': ['closed session'],
  'sessions.expire_time': ['absolute limit'],
  'sessions.open_time': ['absolute limit'],
  'sessions.request_time': ['idle limit'],
  'sessions.swept_time': ['idle limit'],
  'settings.update_time': [],
  'sites.create_time': [],
};

/** Other whole numbers. */
const noTimes = new Set([
  ...['accounts.id', 'accounts.active', 'accounts.deleted', 'account_roles.account_id'],
  ...['clock.id', 'codes.account_id', 'codes.life'],
  ...['email_settings.account_id', 'email_settings.verified', 'followers.position', 'followers.staleness'],
  ...[
    'former_logs.closed',
    'former_logs.closing',
    'health.id',
    'health.writes',
    'imports.made',
    'imports.present',
    'imports.records',
    'imports.refused',
  ],
  ...['invitation_sends.sender_id', 'invitations.creator_id', 'invitations.id', 'invitations.invitee_id'],
  ...['invitations.sender_id', 'log_entries.seq', 'log_head.asked', 'log_head.data_changes', 'log_head.head'],
  ...['log_head.id', 'log_head.pruned', 'mails.account_id', 'mails.attempts', 'passwords.account_id'],
  ...['passwords.failures', 'relay_backlog.events', 'relay_backlog.seq', 'relays.dropped', 'relays.position'],
  ...['secrets.version', 'sessions.account_id', 'sites.active', 'sites.creator_id', 'sites.deleted'],
  ...['sites.org_size', 'sites.total_sites', 'uncounted_tries.id', 'uncounted_tries.tries'],
  ...['latchkey_migration_lock.is_locked'],
]);

/** Lets that time pass, and what runs meanwhile run. */
async function pass(w: World, { meanwhile }: Wait, time: number): Promise<void> {
  const most = meanwhile ? 20 * hour : time / 2;
  for (let left = time; left > 0; ) {
    // What runs every ten seconds runs at least once before the clock comes to where it had been.
    const step = Math.min(left, left === time ? 2 * hour : most);
    w.clock.move(step);
    left -= step;
    await runJobs(w);
    await meanwhile?.(w);
  }
}

async function runJobs({ app: { context } }: World): Promise<void> {
  await shareSetBack(context);
  await settleTimes(context);
  await expireSessions(context, 0);
}

onEachStore(
  'no stored time holds longer than its longest wait',
  (world) => {
    it('every number that is stored is known to be a time or none, and each wait has its time', async () => {
      const stored = await numbersStored(world());
      const known = [...Object.keys(times), ...noTimes];
      assert.deepEqual(
        stored.filter((name) => !known.includes(name)),
        [],
        'say in this file what it is, and what it holds for how long',
      );
      assert.deepEqual(
        known.filter((name) => !stored.includes(name)),
        [],
      );
      const named = new Set(Object.values(times).flat());
      assert.deepEqual([...named].sort(), [...Object.keys(waits), ...elsewhere].sort());
    });

    for (const [name, wait] of Object.entries(waits)) {
      it(`${name}: when the clock was 30 days ahead`, async () => {
        const w = world();
        w.clock.move(30 * days);
        const holds = await wait.begin(w);
        w.clock.move(-30 * days);
        await runJobs(w);
        await pass(w, wait, wait.longest + 2000);
        assert.equal(await holds(), false);
        // For the next test nothing lies ahead any more.
        w.clock.move(31 * days);
        await runJobs(w);
      });

      for (const to of full ? ['30 days back', 'in 1970'] : ['in 1970']) {
        it(`${name}: as before, when the clock was ${to} for a while`, async () => {
          const w = world();
          const holds = await wait.begin(w);
          assert.equal(await holds(), true);
          const back = to === 'in 1970' ? w.clock.now() - 1000 : 30 * days;
          w.clock.move(-back);
          await runJobs(w);
          await holds();
          w.clock.move(back);
          await runJobs(w);
          if (!wait.endsBehind) assert.equal(await holds(), true);
          await pass(w, wait, wait.longest + 2000);
          assert.equal(await holds(), false);
        });
      }
    }
  },
  { frozen: true },
);
