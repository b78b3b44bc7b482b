import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { Session } from '../sessions/session.ts';
import { checkPassword } from './check-password.ts';

/** Proves presence: the session's `authTime` becomes now. Throws WRONG_PASSWORD, and SESSION_NOT_FOUND when it has ended meanwhile. */
export async function verifyPassword(
  ctx: Context,
  input: { readonly session: Session; readonly password: string },
): Promise<void> {
  const { session, password } = input;
  if ((await checkPassword(ctx, session.accountId, password)) === undefined)
    throw new AppError('WRONG_PASSWORD');
  const proven = await ctx.transaction((tx) => tx.sessions.proveAgain(session.id, ctx.clock.now()));
  if (!proven) throw new AppError('SESSION_NOT_FOUND');
}
