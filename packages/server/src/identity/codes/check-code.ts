import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type Code, type CodePurpose, maxWrongCodes, nobody } from './code.ts';

/**
 * Finds the account's code for the purpose, if `text` is that code. `useCode` spends it later, in the
 * transaction that acts on it. A wrong code is counted, and takes the same time when there is no account.
 * Throws WRONG_CODE and CODE_EXPIRED.
 */
export async function checkCode(
  ctx: Context,
  accountId: AccountId | undefined,
  purpose: CodePurpose,
  text: string,
): Promise<Code> {
  const owner = accountId ?? nobody;
  const code = await ctx.read.codes.find(owner, purpose);
  if (code === undefined || code.failures >= maxWrongCodes || code.hash !== ctx.codes.hash(text)) {
    await ctx.transaction((tx) => tx.codes.countFailure(owner, purpose));
    throw new AppError('WRONG_CODE');
  }
  if (ctx.clock.remaining(code.expireTime, code.life) === 0) throw new AppError('CODE_EXPIRED');
  return code;
}

/** Spends the code: of several attempts at once, one succeeds. Throws WRONG_CODE. */
export async function useCode(ctx: Context, tx: Transaction, code: Code): Promise<void> {
  if (!(await tx.codes.use(code, ctx.clock.holding(code.life), maxWrongCodes)))
    throw new AppError('WRONG_CODE');
}
