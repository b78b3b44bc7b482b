import type { BaseContext, Transaction } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';
import { appendEntries } from '../log/append-entries.ts';
import type { NewEntry } from '../log/entry.ts';
import type { CloseReason, Session } from './session.ts';
import type { EndFilter } from './store.ts';

/** The sessions that were ended, and the position of the last entry about them: 0 where there is none. */
export interface EndedSessions {
  readonly ended: readonly Session[];
  readonly seq: number;
}

/**
 * The only way to end sessions: closes the open ones that the filter names, and appends exactly one event for each to the
 * log, in the same transaction. Call it as the transaction's last step: it holds the log until the commit. Returns the
 * sessions that this call ended.
 */
export function endSessions(
  ctx: BaseContext,
  tx: Transaction,
  filter: EndFilter,
  reason: CloseReason,
): Promise<EndedSessions> {
  return end(ctx, tx, filter, reason, (ended) =>
    ended.map(({ id }) => ({ subject: { session: id }, action: 'reject', reason })),
  );
}

/**
 * As `endSessions`, for all sessions of an account that was changed: a single entry refuses everything that was issued to
 * the account before, and names the ended sessions, each of which is an event.
 */
export function cutOffAccount(
  ctx: BaseContext,
  tx: Transaction,
  accountId: AccountId,
  reason: CloseReason,
): Promise<EndedSessions> {
  return end(ctx, tx, { accountId }, reason, (ended) => [
    { subject: { user: accountId }, action: 'reject', reason, sessions: ended.map(({ id }) => id) },
  ]);
}

async function end(
  ctx: BaseContext,
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
