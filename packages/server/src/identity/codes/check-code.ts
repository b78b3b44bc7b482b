import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type Code, type CodePurpose, mostWrongCodes, nobody } from './code.ts';

/**
 * The account's code of the purpose, if the text is it. It is not used up yet: `useCode` does that in the transaction
 * that acts upon it. A wrong one is counted, and takes as long without an account. Throws WRONG_CODE and CODE_EXPIRED.
 */
export async function checkCode(
  ctx: Context,
  accountId: AccountId | undefined,
  purpose: CodePurpose,
  text: string,
): Promise<Code> {
  const owner = accountId ?? nobody;
  const code = await ctx.read.codes.find(owner, purpose);
  if (code === undefined || code.failures >= mostWrongCodes || code.hash !== ctx.codes.hash(text)) {
    await ctx.transaction((tx) => tx.codes.countFailure(owner, purpose));
    throw new AppError('WRONG_CODE');
  }
  if (code.expireTime <= ctx.clock.now()) throw new AppError('CODE_EXPIRED');
  return code;
}

/** Uses the code up: of several that try at once one succeeds. Throws WRONG_CODE. */
export async function useCode(ctx: Context, tx: Transaction, code: Code): Promise<void> {
  if (!(await tx.codes.use(code, ctx.clock.now(), mostWrongCodes))) throw new AppError('WRONG_CODE');
}
