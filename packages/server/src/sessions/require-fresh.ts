import type { Context, Readers } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { Session } from './session.ts';

/** Milliseconds. */
const freshTime = 5 * 60_000;

/**
 * Throws REAUTH_REQUIRED unless the caller gave the password within the last five minutes. Reads the session again before
 * it refuses: the one at hand may be older than the proof.
 */
export async function requireFresh(
  ctx: Context,
  read: Pick<Readers, 'sessions'>,
  session: Pick<Session, 'id' | 'authTime'>,
): Promise<void> {
  const isFresh = (time: number) => ctx.clock.remaining(time + freshTime, freshTime) > 0;
  if (isFresh(session.authTime)) return;
  const now = await read.sessions.find(session.id);
  if (now === undefined || !isFresh(now.session.authTime)) throw new AppError('REAUTH_REQUIRED');
}
