import type { Context, Transaction } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';
import { appendEntries } from '../log/append-entries.ts';
import type { NewEntry } from '../log/entry.ts';
import type { CloseReason, Session } from './session.ts';
import type { EndFilter } from './store.ts';

/** What was ended, and the position of the last entry about it: 0 where none was needed. */
export interface EndedSessions {
  readonly ended: readonly Session[];
  readonly seq: number;
}

/**
 * The one way in which sessions end: those that the filter names and that are open are closed, and each puts exactly
 * one event in the log, in the same transaction. Call it as the transaction's last step: the log is held until the
 * commit. Returns the sessions that this call ended.
 */
export function endSessions(
  ctx: Context,
  tx: Transaction,
  filter: EndFilter,
  reason: CloseReason,
): Promise<EndedSessions> {
  return end(ctx, tx, filter, reason, (ended) =>
    ended.map(({ id }) => ({ subject: { session: id }, action: 'reject', reason })),
  );
}

/**
 * As `endSessions`, for all sessions of an account because of what became of it: one entry cuts off whatever was issued
 * to the account before, and names the sessions, each of which is an event.
 */
export function cutOffAccount(
  ctx: Context,
  tx: Transaction,
  accountId: AccountId,
  reason: CloseReason,
): Promise<EndedSessions> {
  return end(ctx, tx, { accountId }, reason, (ended) => [
    { subject: { user: accountId }, action: 'reject', reason, sessions: ended.map(({ id }) => id) },
  ]);
}

async function end(
  ctx: Context,
  tx: Transaction,
  filter: EndFilter,
  reason: CloseReason,
  entriesOf: (ended: readonly Session[]) => readonly NewEntry[],
): Promise<EndedSessions> {
  const ended = await tx.sessions.end(filter, ctx.clock.now(), reason);
  if (ended.length === 0) return { ended, seq: 0 };
  const entries = entriesOf(ended);
  return { ended, seq: await appendEntries(ctx, tx, entries) };
}
