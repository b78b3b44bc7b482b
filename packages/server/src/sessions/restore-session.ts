import type { Context } from '../kernel/context.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { findLiveSession } from './find-live-session.ts';
import type { SessionMoment } from './session.ts';

/** The session if it is live and belongs to the account, or the account is an admin; else undefined. */
export async function restoreSession(
  ctx: Context,
  input: { readonly sessionId: SessionId; readonly accountId: AccountId; readonly admin: boolean },
): Promise<SessionMoment | undefined> {
  const found = await findLiveSession(ctx, input.sessionId);
  if (found === undefined) return undefined;
  return input.admin || found.session.accountId === input.accountId ? found : undefined;
}
