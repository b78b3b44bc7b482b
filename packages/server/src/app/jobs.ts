import { pruneMails } from '../identity/mails/prune-mails.ts';
import { settleTimes } from '../kernel/clock/settle-times.ts';
import { shareSetBack } from '../kernel/clock/share-set-back.ts';
import type { Context } from '../kernel/context.ts';
import { type Repetition, runEvery } from '../kernel/run-every.ts';
import { pruneLog } from '../log/prune-log.ts';
import { forgetRelays } from '../log/relay/forget-relays.ts';
import { expireSessions } from '../sessions/expire-sessions.ts';
import { forgetSessions } from '../sessions/forget-sessions.ts';
import type { SessionUses } from '../sessions/session-uses.ts';
import { pruneInvitations } from '../sites/invitations/prune-invitations.ts';

/** Starts the recurring jobs. A run that fails is logged, and the next one tries again. */
export function startJobs(ctx: Context, uses: SessionUses, recordLogEnd: () => Promise<void>): Repetition {
  const jobs = [
    { every: Math.min(5000, uses.accuracy), run: () => uses.storeDue() },
    {
      every: Math.min(10_000, Math.max(250, ctx.policy.sessionIdle / 10)),
      run: () => expireSessions(ctx, uses.accuracy),
    },
    { every: 1000, run: recordLogEnd },
    { every: 5000, run: () => shareSetBack(ctx) },
    { every: 10_000, run: () => settleTimes(ctx) },
    { every: 10_000, run: () => pruneLog(ctx) },
    { every: 600_000, run: () => forgetRelays(ctx) },
    { every: 600_000, run: () => forgetSessions(ctx) },
    { every: 600_000, run: () => pruneMails(ctx) },
    { every: 600_000, run: () => pruneInvitations(ctx) },
  ];
  const warn = (error: unknown) => ctx.logger.warn({ err: error }, 'a job failed');
  const repetitions = jobs.map(({ every, run }) => runEvery(every, run, warn));
  return {
    async close() {
      await Promise.all(repetitions.map((repetition) => repetition.close()));
    },
  };
}
