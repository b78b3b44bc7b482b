import type { Account } from '../identity/accounts/account.ts';
import { codeLife } from '../identity/codes/code.ts';
import { issueCode } from '../identity/codes/issue-code.ts';
import { queueMail } from '../identity/mails/queue-mail.ts';
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
  await ctx.transaction(async (tx) => {
    await insertAccount(tx, prepared);
    const life = codeLife['set-password'];
    const purpose = 'recover';
    const { code, expireTime } = await issueCode(ctx, tx, { accountId, purpose, subject: email.email, life });
    const link = ctx.links.toPage('reset-password', { login, code });
    const values = { login, code, link };
    const { email: to, language } = email;
    await queueMail(ctx, tx, { kind: 'set-password', accountId, to, name, language, values, expireTime });
  });
  return account;
}
