import type { Account } from '../identity/accounts/account.ts';
import { codeLife } from '../identity/codes/code.ts';
import { issueCode } from '../identity/codes/issue-code.ts';
import { queueMail } from '../identity/mails/queue-mail.ts';
import type { Context } from '../kernel/context.ts';
import { invalidField } from '../kernel/errors.ts';
import { insertAccount, type NewAccountInput, prepareAccount } from './create-account.ts';

/**
 * Makes an account for somebody else, who is mailed a code to choose a password with, good for a day. Nobody else ever
 * knows one. Throws LOGIN_ALREADY_USED and INVALID_DATA.
 */
export async function provideAccount(
  ctx: Context,
  input: Omit<NewAccountInput, 'password' | 'roles'>,
): Promise<Account> {
  const prepared = await prepareAccount(ctx, input);
  const { account, email } = prepared;
  if (email === undefined) throw invalidField('email', 'is required: the password is set by mail');
  const { id: accountId, login, name } = account;
  await ctx.transaction(async (tx) => {
    await insertAccount(tx, prepared);
    const life = codeLife['set-password'];
    const purpose = 'recover';
    const { code, expireTime } = await issueCode(ctx, tx, { accountId, purpose, subject: email.email, life });
    const link = ctx.mail.link('reset-password', { login, code });
    const values = { login, code, link };
    const { email: to, language } = email;
    await queueMail(ctx, tx, { kind: 'set-password', accountId, to, name, language, values, expireTime });
  });
  return account;
}
