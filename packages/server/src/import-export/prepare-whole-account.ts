import { type Account, checkLogin, newAccount } from '../identity/accounts/account.ts';
import { type EmailSettings, newEmailSettings } from '../identity/email-settings/email-settings.ts';
import type { Password } from '../identity/passwords/password.ts';
import { checkRoles, fitInToken, type Role } from '../identity/roles/role.ts';
import { checkParameters } from '../identity/settings/settings.ts';
import type { Context } from '../kernel/context.ts';
import { checkEmail } from '../kernel/email-address.ts';
import { invalidField } from '../kernel/errors.ts';
import { given } from '../kernel/given.ts';
import { parseAccountId } from '../kernel/ids.ts';
import { checkJsonSize } from '../kernel/json-size.ts';
import { checkText } from '../kernel/text.ts';
import type { AccountLine } from './account-line.ts';
import type { WholeAccount } from './store.ts';

/**
 * Checks a line by the rules of a sign-up; returns the account, ready to be inserted, with the hash as it is stored.
 * Throws INVALID_DATA.
 */
export function prepareWholeAccount(ctx: Context, line: AccountLine, hash: string | undefined): WholeAccount {
  const now = ctx.clock.now();
  const email = line.email === undefined ? undefined : checkEmail(line.email);
  const wanted = line.login ?? email;
  if (wanted === undefined) throw invalidField('login', 'or email is required');
  const { login, loginKey } = checkLogin(wanted);
  checkSizes(line);
  const name = checkText('name', line.name?.trim() || nameFrom(login), 128);
  const createTime = checkPast('create_time', line.createTime, now);
  const account = newAccount({ id: checkId(ctx, line.id), login, name, createTime }, line);
  const password = passwordOf(line, hash, account, now);
  const emailSettings = emailSettingsOf(line, account, email);
  return {
    account,
    loginKey,
    roles: rolesOf(line),
    ...given({ password, email: emailSettings, settings: line.settings && checkParameters(line.settings) }),
  };
}

function checkSizes({ customHdr, customDat, subscriptions }: AccountLine): void {
  checkJsonSize('custom_hdr', customHdr);
  checkJsonSize('custom_dat', customDat);
  checkJsonSize('subscriptions', subscriptions);
}

function rolesOf({ roles = [] }: AccountLine): Role[] {
  const checked = checkRoles(roles);
  if (!fitInToken(checked)) throw invalidField('roles', 'must fit into a token');
  return checked;
}

function checkId(ctx: Context, text: string | undefined) {
  if (text === undefined) return ctx.ids.accountId();
  const id = parseAccountId(text);
  if (id === undefined) throw invalidField('id', 'must be a positive whole number below 2^53');
  return id;
}

function checkPast(field: string, time: number | undefined, now: number): number {
  if (time !== undefined && time > now) throw invalidField(field, 'must not be in the future');
  return time ?? now;
}

/** A name to address somebody by who has told none. */
function nameFrom(login: string): string {
  const at = login.lastIndexOf('@');
  return (at > 0 ? login.slice(0, at) : login).slice(0, 128);
}

function passwordOf(
  line: AccountLine,
  hash: string | undefined,
  { id }: Account,
  now: number,
): Password | undefined {
  if (line.hash === undefined) {
    if (line.changePwdTime !== undefined) throw invalidField('change_pwd_time', 'needs a hash');
    return undefined;
  }
  const changeTime = checkPast('change_pwd_time', line.changePwdTime, now);
  return hash === undefined ? undefined : { accountId: id, hash, changeTime };
}

function emailSettingsOf(
  { verified, subscriptions }: AccountLine,
  account: Account,
  email: string | undefined,
): EmailSettings | undefined {
  if (email === undefined) {
    if (verified !== undefined) throw invalidField('verified', 'needs an email');
    if (subscriptions !== undefined) throw invalidField('subscriptions', 'needs an email');
    return undefined;
  }
  return {
    ...newEmailSettings(account, email),
    subscriptions: subscriptions ?? {},
    verified: verified ?? false,
    ...given({ provenEmail: verified ? email : undefined }),
  };
}
