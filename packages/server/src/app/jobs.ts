import { pruneMails } from '../identity/mails/prune-mails.ts';
import type { Context } from '../kernel/context.ts';
import { pruneLog } from '../log/prune-log.ts';
import { expireSessions } from '../sessions/expire-sessions.ts';
import { forgetSessions } from '../sessions/forget-sessions.ts';
import type { SessionUses } from '../sessions/session-uses.ts';
import { pruneInvitations } from '../sites/invitations/prune-invitations.ts';

/** Starts what is done from time to time; a run that fails is told, and tried again the next time. */
export function startJobs(
  ctx: Context,
  uses: SessionUses,
  remember: () => Promise<void>,
): { stop(): Promise<void> } {
  const jobs = [
    { every: Math.min(5000, uses.granularity), run: () => uses.flush() },
    {
      every: Math.min(10_000, Math.max(250, ctx.policy.sessionIdle / 10)),
      run: () => expireSessions(ctx, uses.granularity),
    },
    { every: 1000, run: remember },
    { every: 30_000, run: () => pruneLog(ctx) },
    { every: 600_000, run: () => forgetSessions(ctx) },
    { every: 600_000, run: () => pruneMails(ctx) },
    { every: 600_000, run: () => pruneInvitations(ctx) },
  ];
  const running = new Set<Promise<unknown>>();
  const timers = jobs.map(({ every, run }) => {
    let busy = false;
    return setInterval(() => {
      if (busy) return;
      busy = true;
      const work = Promise.resolve(run())
        .catch((error: unknown) => ctx.logger.warn({ err: error }, 'a job failed'))
        .finally(() => {
          busy = false;
          running.delete(work);
        });
      running.add(work);
    }, every).unref();
  });
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
