import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type CodePurpose, codeLife } from './code.ts';

export interface NewCodeInput {
  readonly accountId: AccountId;
  readonly purpose: CodePurpose;
  /** What it is for, such as the address that it is mailed to. */
  readonly subject: string;
  /** The code, where it has a form of its own. */
  readonly code?: string;
  /** Milliseconds; as long as its purpose has it unless told. */
  readonly life?: number;
}

/** Makes a code in the place of an older one of the purpose. It is not stored: this is the only time that it is known. */
export async function issueCode(
  ctx: Context,
  tx: Transaction,
  input: NewCodeInput,
): Promise<{ readonly code: string; readonly expireTime: number }> {
  const { accountId, purpose, subject, code = ctx.codes.newCode(), life = codeLife[purpose] } = input;
  const expireTime = ctx.clock.now() + life;
  await tx.codes.put({ accountId, purpose, hash: ctx.codes.hash(code), subject, expireTime, failures: 0 });
  return { code, expireTime };
}
