import { checkPassword, confirmPassword, renewHash } from '../identity/passwords/check-password.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { appendEntries } from '../log/append-entries.ts';
import type { Session } from '../sessions/session.ts';

/**
 * Proves presence: the session's `authTime` becomes now, and its tokens, which tell the former time, become stale
 * at verifiers. An outdated hash is replaced. Throws WRONG_PASSWORD,
 * TOO_MANY_REQUESTS after too many wrong ones, and SESSION_NOT_FOUND when the session has ended meanwhile.
 */
export async function verifyPassword(
  ctx: Context,
  input: { readonly session: Session; readonly password: string },
): Promise<void> {
  const { session } = input;
  const check = await checkPassword(ctx, session.accountId, input.password);
  if (check === undefined) throw new AppError('WRONG_PASSWORD');
  await ctx.transaction(async (tx) => {
    if (!(await confirmPassword(ctx, tx, check))) throw new AppError('WRONG_PASSWORD');
    await renewHash(tx, check);
    if (!(await tx.sessions.proveAgain(session.id, ctx.clock.now()))) throw new AppError('SESSION_NOT_FOUND');
    const subject = { session: session.id };
    await appendEntries(ctx, tx, [{ subject, action: 'refresh', reason: 'presence-proven' }]);
  });
}
