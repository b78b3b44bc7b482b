import { type Account, newLogin } from '../identity/accounts/account.ts';
import { checkLoginOwner } from '../identity/email-settings/check-login-owner.ts';
import { type EmailSettings, newEmail } from '../identity/email-settings/email-settings.ts';
import { checkNewPassword } from '../identity/passwords/check-new-password.ts';
import { checkRoles, type Role } from '../identity/roles/role.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { AppError, invalidField } from '../kernel/errors.ts';
import { checkText } from '../kernel/text.ts';

export interface NewAccountInput {
  readonly name: string;
  /** Defaults to the e-mail address; one of the two is required. */
  readonly login?: string;
  readonly email?: string;
  /** Without one nobody can sign in until a password is set with a code. */
  readonly password?: string;
  /** A BCP 47 tag. */
  readonly language?: string;
  readonly theme?: string;
  /** An IANA name. */
  readonly timeZone?: string;
  readonly roles?: readonly string[];
}

/** An account that is checked, its password hashed where it has one, ready to be inserted. */
export interface PreparedAccount {
  readonly account: Account;
  readonly loginKey: string;
  readonly hash?: string;
  readonly email?: EmailSettings;
  readonly roles: readonly Role[];
}

/**
 * Makes an account with its password, e-mail settings and roles, all or nothing. Throws LOGIN_ALREADY_USED,
 * INVALID_DATA and what `checkNewPassword` throws.
 */
export async function createAccount(ctx: Context, input: NewAccountInput): Promise<Account> {
  const prepared = await prepareAccount(ctx, input);
  await ctx.transaction((tx) => insertAccount(tx, prepared));
  return prepared.account;
}

/** Checks the input and hashes the password, outside of any transaction. */
export async function prepareAccount(ctx: Context, input: NewAccountInput): Promise<PreparedAccount> {
  const email = input.email === undefined ? undefined : newEmail(input.email);
  const wanted = input.login ?? email;
  if (wanted === undefined) throw invalidField('login', 'a login or an e-mail address is required');
  const { login, loginKey } = newLogin(wanted);
  const name = checkText('name', input.name, 128);
  const roles = checkRoles(input.roles ?? []);
  const password =
    input.password === undefined
      ? undefined
      : checkNewPassword(input.password, ctx.policy.passwordMinLength, { login, name });
  // Spares the costly hash in the plain case; the unique key decides in the transaction.
  if (!ctx.policy.hideAccounts) {
    if (await ctx.read.accounts.findByLogin(loginKey)) throw new AppError('LOGIN_ALREADY_USED');
    await checkLoginOwner(ctx.read, loginKey);
  }
  const account = newAccount(ctx, { ...input, login, name });
  return {
    account,
    loginKey,
    roles,
    ...(password !== undefined && { hash: await ctx.hasher.hash(password) }),
    ...(email !== undefined && { email: newEmailSettings(account, email) }),
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

function newAccount(ctx: Context, input: NewAccountInput & { readonly login: string }): Account {
  return {
    id: ctx.ids.accountId(),
    login: input.login,
    name: input.name,
    createTime: ctx.clock.now(),
    active: true,
    deleted: false,
    timeZone: input.timeZone ?? 'UTC',
    language: input.language ?? 'en',
    theme: input.theme ?? '',
    customHdr: {},
    customDat: {},
  };
}

function newEmailSettings(account: Account, email: string): EmailSettings {
  return {
    accountId: account.id,
    name: account.name,
    email,
    language: account.language,
    subscriptions: {},
    verified: false,
    customHdr: {},
    customDat: {},
  };
}
