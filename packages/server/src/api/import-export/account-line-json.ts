import { type Static, Type } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import { invalid } from '../../http/validation.ts';
import type { AccountLine } from '../../import-export/account-line.ts';
import { readTime } from '../../import-export/read-time.ts';
import type { WholeAccount } from '../../import-export/store.ts';
import { invalidField } from '../../kernel/errors.ts';
import { given } from '../../kernel/given.ts';
import { isoTime } from '../../kernel/time.ts';
import { Language, Theme, TimeZone } from '../accounts/account-json.ts';
import { AnyObject, closed } from '../schemas.ts';
import { readSpellings } from './other-spellings.ts';

const Text = Type.String();

/** One account as a line of an import or export. */
export const AccountLineSchema = Type.Partial(
  Type.Object(
    {
      id: Text,
      login: Text,
      name: Text,
      email: Text,
      verified: Type.Boolean(),
      subscriptions: AnyObject,
      roles: Type.Array(Text, { maxItems: 100 }),
      active: Type.Boolean(),
      create_time: Text,
      language: Language,
      theme: Theme,
      time_zone: TimeZone,
      custom_hdr: AnyObject,
      custom_dat: AnyObject,
      settings: AnyObject,
      hash: Text,
      hash_kind: Text,
      salt: Text,
      hash_params: AnyObject,
      change_pwd_time: Text,
    },
    closed,
  ),
);

type LineJson = Static<typeof AccountLineSchema>;

let compiled: TypeCheck<typeof AccountLineSchema> | undefined;

/**
 * The account that a line holds. A member that is null or an empty text counts as absent, but an empty hash says that
 * there is no password. Throws INVALID_DATA.
 */
export function accountLineOf(members: Readonly<Record<string, unknown>>): AccountLine {
  compiled ??= TypeCompiler.Compile(AccountLineSchema);
  let present = presentOf(members);
  if (!compiled.Check(present)) present = readSpellings(present);
  if (!compiled.Check(present)) throw invalid(compiled.Errors(present));
  const { time_zone, custom_hdr, custom_dat, create_time, change_pwd_time, ...rest } = present;
  const { hash, hash_kind, salt, hash_params, ...plain } = rest;
  return given({
    ...plain,
    timeZone: time_zone,
    customHdr: custom_hdr,
    customDat: custom_dat,
    createTime: timeIn('create_time', create_time),
    changePwdTime: timeIn('change_pwd_time', change_pwd_time),
    hash: hashOf({ hash, hash_kind, salt, hash_params }),
  });
}

function presentOf(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  for (const name in members) {
    if (!isAbsent(name, members[name])) continue;
    return Object.fromEntries(Object.entries(members).filter(([it, value]) => !isAbsent(it, value)));
  }
  return members;
}

function isAbsent(name: string, value: unknown): boolean {
  return value === null || (value === '' && name !== 'hash');
}

function timeIn(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = readTime(text);
  if (time === undefined) throw invalidField(field, 'must be a time, such as 2001-02-03T04:05:06Z');
  return time;
}

type HashMembers = { [name in 'hash' | 'hash_kind' | 'salt' | 'hash_params']: LineJson[name] | undefined };

function hashOf({ hash, hash_kind, salt, hash_params }: HashMembers): AccountLine['hash'] {
  if (hash === undefined) {
    if (hash_kind === undefined && salt === undefined && hash_params === undefined) return undefined;
    throw invalidField('hash', 'is missing');
  }
  return given({ hash, kind: hash_kind, salt, parameters: hash_params });
}

/** An account as the line of an export, which an import takes; with the password's hash only where asked for. */
export function accountLineJson(whole: WholeAccount, withHash: boolean): LineJson {
  const { account, email, password, roles, settings } = whole;
  return {
    id: account.id,
    login: account.login,
    name: account.name,
    create_time: isoTime(account.createTime),
    active: account.active,
    language: account.language,
    theme: account.theme,
    time_zone: account.timeZone,
    ...unlessEmpty('custom_hdr', account.customHdr),
    ...unlessEmpty('custom_dat', account.customDat),
    ...(roles.length > 0 && { roles: [...roles] }),
    ...(email !== undefined && {
      email: email.email,
      verified: email.verified,
      ...unlessEmpty('subscriptions', email.subscriptions),
    }),
    ...unlessEmpty('settings', settings ?? {}),
    ...(withHash &&
      password !== undefined && {
        hash: password.hash,
        change_pwd_time: isoTime(password.changeTime),
      }),
  };
}

function unlessEmpty(name: string, value: Record<string, unknown>): Record<string, Record<string, unknown>> {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}
