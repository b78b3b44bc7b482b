import { useCode } from '../identity/codes/check-code.ts';
import { type Code, codeLife } from '../identity/codes/code.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { openSession } from '../sessions/open-session.ts';
import { type Device, oneTime, type Session } from '../sessions/session.ts';

/**
 * Spends a one-time password and opens a session of one hour that only allows choosing a new password; there
 * the one-time password counts as the old one. Throws WRONG_PASSWORD when it has been spent meanwhile.
 */
export function openTempSession(ctx: Context, temp: Code, device: Device): Promise<Session> {
  const { accountId, hash } = temp;
  return ctx.transaction(async (tx) => {
    const account = await tx.accounts.lock(accountId);
    if (account === undefined || !account.active) throw new AppError('WRONG_PASSWORD');
    await useCode(ctx, tx, temp).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'WRONG_CODE' ? new AppError('WRONG_PASSWORD') : error;
    });
    const life = codeLife['temp-session'];
    const data = { restricted: 'change-password' };
    const session = await openSession(ctx, tx, { accountId, device, amr: [oneTime], life, data });
    const expireTime = ctx.clock.now() + life;
    const purpose = 'temp-session';
    await tx.codes.put({ accountId, purpose, hash, subject: session.id, expireTime, life }, 1);
    return session;
  });
}
