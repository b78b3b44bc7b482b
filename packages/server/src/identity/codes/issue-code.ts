import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type CodePurpose, codeLife, maxLiveCodes } from './code.ts';

export interface NewCodeInput {
  readonly accountId: AccountId;
  readonly purpose: CodePurpose;
  /** What it is for, such as the address that it is mailed to. */
  readonly subject: string;
  /** The code itself; random by default. */
  readonly code?: string;
  /** Milliseconds. The lifetime of its purpose by default. */
  readonly life?: number;
}

/**
 * Makes a code. Those that were made before stay valid. Only its hash is stored: the code cannot be read again.
 */
export async function issueCode(
  ctx: Context,
  tx: Transaction,
  input: NewCodeInput,
): Promise<{ readonly code: string; readonly expireTime: number }> {
  const { accountId, purpose, subject, code = ctx.codes.newCode(), life = codeLife[purpose] } = input;
  const expireTime = ctx.clock.now() + life;
  const hash = ctx.codes.hash(code);
  await tx.codes.put({ accountId, purpose, hash, subject, expireTime, life }, maxLiveCodes);
  return { code, expireTime };
}
