import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type Code, type CodePurpose, nobody } from './code.ts';

/**
 * Finds the account's code for the purpose, if `text` is one. `useCode` spends it later, in the transaction that acts on
 * it. Takes the same time when there is no account. Throws WRONG_CODE and CODE_EXPIRED.
 */
export async function checkCode(
  ctx: Context,
  accountId: AccountId | undefined,
  purpose: CodePurpose,
  text: string,
): Promise<Code> {
  const code = await ctx.read.codes.find(accountId ?? nobody, purpose, ctx.codes.hash(text));
  if (code === undefined) throw new AppError('WRONG_CODE');
  if (ctx.clock.remaining(code.expireTime, code.life) === 0) throw new AppError('CODE_EXPIRED');
  return code;
}

/**
 * Spends the code, and with it all others of the account for the same purpose: of several attempts at once, one succeeds.
 * The transaction must have locked the account. Throws WRONG_CODE.
 */
export async function useCode(ctx: Context, tx: Transaction, code: Code): Promise<void> {
  if (!(await tx.codes.use(code, ctx.clock.holding(code.life)))) throw new AppError('WRONG_CODE');
  await tx.codes.remove(code.accountId, code.purpose);
}
