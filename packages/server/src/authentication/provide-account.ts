import type { Account } from '../identity/accounts/account.ts';
import { codeLife } from '../identity/codes/code.ts';
import { mailCode } from '../identity/email-settings/mail-code.ts';
import type { Context } from '../kernel/context.ts';
import { invalidField } from '../kernel/errors.ts';
import { insertAccount, type NewAccountInput, prepareAccount } from './create-account.ts';

/**
 * Creates an account for another person, who gets a code by mail to choose a password, valid for a day.
 * Nobody else ever knows a password of the account. Throws LOGIN_ALREADY_USED and INVALID_DATA.
 */
export async function provideAccount(
  ctx: Context,
  input: Omit<NewAccountInput, 'password' | 'roles'>,
): Promise<Account> {
  const prepared = await prepareAccount(ctx, input);
  const { account, email } = prepared;
  if (email === undefined)
    throw invalidField('email', 'is required: a code to set the password is mailed to it');
  const { id: accountId, login, name } = account;
  const { email: to, language } = email;
  await ctx.transaction(async (tx) => {
    await insertAccount(tx, prepared);
    const recipient = { accountId, login, name, to, language, proven: false };
    const offer = { kind: 'set-password', purpose: 'recover', page: 'reset-password' } as const;
    await mailCode(ctx, tx, recipient, { ...offer, life: codeLife['set-password'] });
  });
  return account;
}
