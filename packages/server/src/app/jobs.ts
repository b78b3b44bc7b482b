import type { OpenStore } from '../adapters/store/open-store.ts';
import { pruneMails } from '../identity/mails/prune-mails.ts';
import { forgetImports } from '../import-export/forget-imports.ts';
import { settleTimes } from '../kernel/clock/settle-times.ts';
import { shareSetBack } from '../kernel/clock/share-set-back.ts';
import type { Context } from '../kernel/context.ts';
import { oneAtATime } from '../kernel/one-at-a-time.ts';
import { type Repetition, runEvery } from '../kernel/run-every.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';
import { pruneLog } from '../log/prune-log.ts';
import { forgetRelays } from '../log/relay/forget-relays.ts';
import { expireSessions } from '../sessions/expire-sessions.ts';
import { forgetSessions } from '../sessions/forget-sessions.ts';
import type { SessionUses } from '../sessions/session-uses.ts';
import { pruneInvitations } from '../sites/invitations/prune-invitations.ts';

/** So many pages of the SQLite file are given back in one step. */
const pagesInStep = 64;

/**
 * Starts the recurring jobs. A run that fails is logged, and the next one tries again. Only one of their transactions is
 * open at a time, so that they leave connections to requests.
 */
export function startJobs(
  context: Context,
  uses: SessionUses,
  recordLogEnd: () => Promise<void>,
  giveBack: OpenStore['giveBack'],
): Repetition {
  const ctx = { ...context, ...oneAtATime(context) };
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
    { every: Math.min(600_000, ctx.policy.sessionRetention / 10), run: () => forgetSessions(ctx) },
    { every: 600_000, run: () => pruneMails(ctx) },
    { every: 600_000, run: () => forgetImports(ctx) },
    { every: 600_000, run: () => pruneInvitations(ctx) },
    { every: 60_000, run: () => runInBatches(pagesInStep, giveBack) },
  ];
  const warn = (error: unknown) => ctx.logger.warn({ err: error }, 'a job failed');
  const repetitions = jobs.map(({ every, run }) => runEvery(every, run, warn));
  return {
    async close() {
      await Promise.all(repetitions.map((repetition) => repetition.close()));
    },
  };
}
