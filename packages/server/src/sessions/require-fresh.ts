import type { Context, Readers } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { Session } from './session.ts';

const fresh = 5 * 60_000;

/**
 * Lets through whoever proved presence with the password within the last five minutes. Asks `read` again before it
 * refuses: the session at hand may be from before the proof. Throws REAUTH_REQUIRED.
 */
export async function requireFresh(
  ctx: Context,
  read: Pick<Readers, 'sessions'>,
  session: Pick<Session, 'id' | 'authTime'>,
): Promise<void> {
  const since = ctx.clock.now() - fresh;
  if (session.authTime >= since) return;
  const now = await read.sessions.find(session.id);
  if (now === undefined || now.session.authTime < since) throw new AppError('REAUTH_REQUIRED');
}
