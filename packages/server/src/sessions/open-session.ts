import type { Context, Transaction } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';
import { endSessions } from './end-sessions.ts';
import type { Device, Session } from './session.ts';

/**
 * Opens a session, in a transaction that has locked the account, and closes the least recently used ones beyond the
 * limit. Call it as the transaction's last step.
 */
export async function openSession(
  ctx: Context,
  tx: Transaction,
  input: {
    readonly accountId: AccountId;
    readonly device: Device;
    readonly amr: readonly string[];
    /** Milliseconds it may live, if that is shorter than the absolute limit. */
    readonly life?: number;
    readonly data?: Record<string, unknown>;
  },
): Promise<Session> {
  const now = ctx.clock.now();
  const session: Session = {
    id: ctx.ids.sessionId(),
    accountId: input.accountId,
    openTime: now,
    requestTime: now,
    expireTime: now + Math.min(input.life ?? Number.POSITIVE_INFINITY, ctx.policy.sessionAbsolute),
    authTime: now,
    amr: input.amr,
    data: input.data ?? {},
    ...input.device,
  };
  const ids = await tx.sessions.findLeastUsed(input.accountId, ctx.policy.maxSessions - 1);
  await tx.sessions.insert(session);
  if (ids.length > 0) await endSessions(ctx, tx, { ids }, 'limit');
  return session;
}
