import { type Account, newLogin } from '../identity/accounts/account.ts';
import { type EmailSettings, newEmail } from '../identity/email-settings/email-settings.ts';
import type { Password } from '../identity/passwords/password.ts';
import { checkRoles, fitToken, type Role } from '../identity/roles/role.ts';
import { checkParameters } from '../identity/settings/settings.ts';
import type { Context } from '../kernel/context.ts';
import { invalidField } from '../kernel/errors.ts';
import { parseAccountId } from '../kernel/ids.ts';
import { checkJsonSize } from '../kernel/json-size.ts';
import { checkText } from '../kernel/text.ts';
import type { AccountLine } from './account-line.ts';
import type { WholeAccount } from './store.ts';

/**
 * The account that a line tells of, by the rules of a sign-up, ready to be inserted. Of its hash only the form is
 * looked at. Throws INVALID_DATA.
 */
export function prepareAccount(ctx: Context, line: AccountLine): WholeAccount {
  const now = ctx.clock.now();
  const email = line.email === undefined ? undefined : newEmail(line.email);
  const wanted = line.login ?? email;
  if (wanted === undefined) throw invalidField('login', 'or email is required');
  const { login, loginKey } = newLogin(wanted);
  checkSizes(line);
  const account: Account = {
    id: idOf(ctx, line.id),
    login,
    name: checkText('name', line.name, 128),
    createTime: past('create_time', line.createTime, now),
    active: line.active ?? true,
    deleted: false,
    timeZone: line.timeZone ?? 'UTC',
    language: line.language ?? 'en',
    theme: line.theme ?? '',
    customHdr: line.customHdr ?? {},
    customDat: line.customDat ?? {},
  };
  const password = passwordOf(ctx, line, account, now);
  const emailSettings = emailSettingsOf(line, account, email);
  return {
    account,
    loginKey,
    roles: rolesOf(line),
    ...(password !== undefined && { password }),
    ...(emailSettings !== undefined && { email: emailSettings }),
    ...(line.settings !== undefined && { settings: checkParameters(line.settings) }),
  };
}

function checkSizes({ customHdr, customDat, subscriptions }: AccountLine): void {
  checkJsonSize('custom_hdr', customHdr);
  checkJsonSize('custom_dat', customDat);
  checkJsonSize('subscriptions', subscriptions);
}

function rolesOf({ roles = [] }: AccountLine): Role[] {
  const checked = checkRoles(roles);
  if (!fitToken(checked)) throw invalidField('roles', 'must fit into a token');
  return checked;
}

function idOf(ctx: Context, text: string | undefined) {
  if (text === undefined) return ctx.ids.accountId();
  const id = parseAccountId(text);
  if (id === undefined) throw invalidField('id', 'must be a positive whole number below 2^53');
  return id;
}

function past(field: string, time: number | undefined, now: number): number {
  if (time !== undefined && time > now) throw invalidField(field, 'must not be in the future');
  return time ?? now;
}

function passwordOf(ctx: Context, line: AccountLine, { id }: Account, now: number): Password | undefined {
  if (line.hash === undefined) {
    if (line.changePwdTime !== undefined) throw invalidField('change_pwd_time', 'needs a hash');
    return undefined;
  }
  const changeTime = past('change_pwd_time', line.changePwdTime, now);
  return { accountId: id, hash: ctx.hasher.adopt(line.hash), changeTime };
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
    accountId: account.id,
    name: account.name,
    email,
    language: account.language,
    subscriptions: subscriptions ?? {},
    verified: verified ?? false,
    ...(verified && { provenEmail: email }),
    customHdr: {},
    customDat: {},
  };
}
