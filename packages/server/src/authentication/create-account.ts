import { type Account, checkLogin, newAccount } from '../identity/accounts/account.ts';
import { checkLoginFree } from '../identity/accounts/check-login-free.ts';
import { checkLoginOwner } from '../identity/email-settings/check-login-owner.ts';
import { type EmailSettings, newEmailSettings } from '../identity/email-settings/email-settings.ts';
import { checkNewPassword } from '../identity/passwords/check-new-password.ts';
import { checkRoles, type Role } from '../identity/roles/role.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { checkEmail } from '../kernel/email-address.ts';
import { AppError, invalidField } from '../kernel/errors.ts';
import { given } from '../kernel/given.ts';
import { checkText } from '../kernel/text.ts';

export interface NewAccountInput {
  readonly name: string;
  /** The e-mail address by default; one of the two is required. */
  readonly login?: string;
  readonly email?: string;
  /** Without a password nobody can sign in until one is set by a code. */
  readonly password?: string;
  /** A BCP 47 tag. */
  readonly language?: string;
  readonly theme?: string;
  /** An IANA name. */
  readonly timeZone?: string;
  readonly roles?: readonly string[];
}

/** A checked account, its password hashed if it has one, ready to be inserted. */
export interface PreparedAccount {
  readonly account: Account;
  readonly loginKey: string;
  readonly hash?: string;
  readonly email?: EmailSettings;
  readonly roles: readonly Role[];
}

/**
 * Creates an account with its password, e-mail settings and roles in one transaction. Throws
 * LOGIN_ALREADY_USED, INVALID_DATA and what `checkNewPassword` throws.
 */
export async function createAccount(ctx: Context, input: NewAccountInput): Promise<Account> {
  const prepared = await prepareAccount(ctx, input);
  await ctx.transaction((tx) => insertAccount(tx, prepared));
  return prepared.account;
}

/** Checks the input and hashes the password. Call it outside of any transaction. */
export async function prepareAccount(ctx: Context, input: NewAccountInput): Promise<PreparedAccount> {
  const email = input.email === undefined ? undefined : checkEmail(input.email);
  const wanted = input.login ?? email;
  if (wanted === undefined) throw invalidField('login', 'is required, unless there is an e-mail address');
  const { login, loginKey } = checkLogin(wanted);
  const name = checkText('name', input.name, 128);
  const roles = checkRoles(input.roles ?? []);
  const password =
    input.password === undefined
      ? undefined
      : checkNewPassword(input.password, ctx.policy.passwordMinLength, {
          login,
          name,
          emails: email === undefined ? [] : [email],
        });
  // Usually saves the costly hash; the unique key decides in the transaction.
  if (!ctx.policy.hideAccounts) await checkLoginFree(ctx.read, loginKey);
  const account = newAccount(
    { id: ctx.ids.accountId(), login, name, createTime: ctx.clock.now() },
    { language: input.language, theme: input.theme, timeZone: input.timeZone },
  );
  return {
    account,
    loginKey,
    roles,
    ...given({
      hash: password === undefined ? undefined : await ctx.hasher.hash(password),
      email: email === undefined ? undefined : newEmailSettings(account, email),
    }),
  };
}

/** Inserts what `prepareAccount` made. Throws LOGIN_ALREADY_USED. */
export async function insertAccount(tx: Transaction, prepared: PreparedAccount): Promise<void> {
  const { account, loginKey, hash, email, roles } = prepared;
  await checkLoginOwner(tx, loginKey);
  if (!(await tx.accounts.insert(account, loginKey))) throw new AppError('LOGIN_ALREADY_USED');
  if (hash !== undefined)
    await tx.passwords.insert({ accountId: account.id, hash, changeTime: account.createTime });
  if (email !== undefined) await tx.emailSettings.insert(email);
  if (roles.length > 0) await tx.roles.grant(account.id, roles, account.createTime);
}
