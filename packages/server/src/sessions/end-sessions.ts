import type { Context, Transaction } from '../kernel/context.ts';
import { appendEntries } from '../revocations/append-entries.ts';
import type { CloseReason, Session } from './session.ts';
import type { EndFilter } from './store.ts';

/**
 * The one way in which sessions end: those that the filter names and that are open are closed, and each puts exactly
 * one event in the log, in the same transaction. Call it as the transaction's last step: the log is held until the
 * commit. Returns the sessions that this call ended, and the position of the last entry: 0 where none was needed.
 */
export async function endSessions(
  ctx: Context,
  tx: Transaction,
  filter: EndFilter,
  reason: CloseReason,
): Promise<{ readonly ended: readonly Session[]; readonly seq: number }> {
  const ended = await tx.sessions.end(filter, ctx.clock.now(), reason);
  if (ended.length === 0) return { ended, seq: 0 };
  const entries = ended.map(({ id }) => ({ subject: { session: id }, action: 'reject' as const, reason }));
  return { ended, seq: await appendEntries(ctx, tx, entries) };
}
