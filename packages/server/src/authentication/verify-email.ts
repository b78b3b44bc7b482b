import type { Account } from '../identity/accounts/account.ts';
import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { checkCode, useCode } from '../identity/codes/check-code.ts';
import { voidPasswordCodes } from '../identity/codes/void-password-codes.ts';
import { queueNotice } from '../identity/email-settings/queue-notice.ts';
import { checkPassword, confirmPassword } from '../identity/passwords/check-password.ts';
import { checkPasswordFor } from '../identity/passwords/check-password-for.ts';
import { putPassword } from '../identity/passwords/put-password.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { AppError, invalidField } from '../kernel/errors.ts';
import { cutOffAccount } from '../sessions/end-sessions.ts';
import { isRestricted, type Session } from '../sessions/session.ts';

export interface VerifyEmailInput {
  readonly login: string;
  readonly code: string;
  /** The account's password. */
  readonly password?: string;
  /** Replaces the account's password. */
  readonly newPassword?: string;
  /** The caller's session, if there is one. */
  readonly session?: Pick<Session, 'accountId' | 'amr'>;
}

/**
 * Marks the account's address as verified, by the code that was mailed to it and a proof of whose the account is: a
 * session of it, its password, or a new one, which replaces the old and closes all sessions. Otherwise who signs up with
 * a stranger's address would share the account with the stranger who confirms it. An account whose owner has proven
 * another address before gets no new password in this way. A refusal leaves the code. Throws CODE_EXPIRED; WRONG_CODE,
 * also for a code that went to a former address; OWNER_PROOF_REQUIRED, WRONG_PASSWORD, TOO_MANY_REQUESTS after too many
 * wrong ones, what `checkNewPassword` throws, INVALID_DATA and UNAVAILABLE.
 */
export async function verifyEmail(ctx: Context, input: VerifyEmailInput): Promise<void> {
  if (input.password !== undefined && input.newPassword !== undefined) {
    throw invalidField('new_password', 'cannot be sent together with password');
  }
  const found = await lookUpAccount(ctx, input.login);
  const account = found?.active ? found : undefined;
  const code = await checkCode(ctx, account?.id, 'verify-email', input.code);
  if (account === undefined) throw new AppError('WRONG_CODE');
  const confirm = await proveOwner(ctx, account, input);
  await ctx.transaction(async (tx) => {
    const locked = await tx.accounts.lock(account.id);
    if (!locked?.active) throw new AppError('WRONG_CODE');
    await useCode(ctx, tx, code);
    await confirm(tx);
    if (!(await tx.emailSettings.prove(account.id, code.subject))) throw new AppError('WRONG_CODE');
    if (input.newPassword !== undefined) {
      await queueNotice(ctx, tx, { kind: 'password-reset', account: locked });
      await cutOffAccount(ctx, tx, account.id, 'password-reset');
    }
  });
}

/** What is left to do in the transaction, where it must still hold. */
type Confirm = (tx: Transaction) => Promise<void>;

async function proveOwner(ctx: Context, account: Account, input: VerifyEmailInput): Promise<Confirm> {
  const { password, newPassword, session } = input;
  if (newPassword !== undefined) return proveByNewPassword(ctx, account, newPassword);
  if (password !== undefined) return proveByPassword(ctx, account, password);
  const isOwn = session?.accountId === account.id && !isRestricted(session);
  if (!isOwn && !ctx.policy.verifyByCodeAlone) throw new AppError('OWNER_PROOF_REQUIRED');
  return async () => {};
}

async function proveByPassword(ctx: Context, { id }: Account, password: string): Promise<Confirm> {
  const check = await checkPassword(ctx, id, password);
  if (check === undefined) throw new AppError('WRONG_PASSWORD');
  return async (tx) => {
    if (!(await confirmPassword(ctx, tx, check))) throw new AppError('WRONG_PASSWORD');
  };
}

async function proveByNewPassword(ctx: Context, account: Account, password: string): Promise<Confirm> {
  const { id: accountId } = account;
  const requireUnproven = async (read: Pick<Transaction, 'emailSettings'> | Context['read']) => {
    if ((await read.emailSettings.find(accountId))?.provenEmail === undefined) return;
    throw new AppError('OWNER_PROOF_REQUIRED', {
      detail: 'The account has proven another address before: sign in to it, or send its password.',
    });
  };
  await requireUnproven(ctx.read);
  const hash = await ctx.hasher.hash(await checkPasswordFor(ctx, account, password));
  return async (tx) => {
    await requireUnproven(tx);
    await putPassword(tx, { accountId, hash, changeTime: ctx.clock.now() });
    await voidPasswordCodes(tx, accountId);
  };
}
