import { type Static, Type } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import { timeOf } from '../../http/lists.ts';
import { invalid } from '../../http/validation.ts';
import type { AccountLine } from '../../import-export/account-line.ts';
import type { WholeAccount } from '../../import-export/store.ts';
import { invalidField } from '../../kernel/errors.ts';
import { isoTime } from '../../kernel/time.ts';
import { Language, Theme, TimeZone } from '../accounts/account-json.ts';

const Text = Type.String();
const Fields = Type.Object({}, { additionalProperties: true });

/** One account as a line of an import or export has it. */
export const AccountLineSchema = Type.Object(
  {
    name: Text,
    ...Type.Partial(
      Type.Object({
        id: Text,
        login: Text,
        email: Text,
        verified: Type.Boolean(),
        subscriptions: Fields,
        roles: Type.Array(Text, { maxItems: 100 }),
        active: Type.Boolean(),
        create_time: Text,
        language: Language,
        theme: Theme,
        time_zone: TimeZone,
        custom_hdr: Fields,
        custom_dat: Fields,
        settings: Fields,
        hash: Text,
        hash_kind: Text,
        salt: Text,
        hash_params: Fields,
        change_pwd_time: Text,
      }),
    ).properties,
  },
  { additionalProperties: false },
);

type LineJson = Static<typeof AccountLineSchema>;

let compiled: TypeCheck<typeof AccountLineSchema> | undefined;

/** The account that a line holds; a member that is null counts as absent. Throws INVALID_DATA. */
export function accountLineOf(members: Readonly<Record<string, unknown>>): AccountLine {
  compiled ??= TypeCompiler.Compile(AccountLineSchema);
  const present = Object.values(members).includes(null)
    ? Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
    : members;
  if (!compiled.Check(present)) throw invalid(compiled.Errors(present));
  const { time_zone, custom_hdr, custom_dat, create_time, change_pwd_time, ...rest } = present;
  const { hash, hash_kind, salt, hash_params, ...plain } = rest;
  const foreign = hashOf({ hash, hash_kind, salt, hash_params });
  return {
    ...plain,
    ...(time_zone !== undefined && { timeZone: time_zone }),
    ...(custom_hdr !== undefined && { customHdr: custom_hdr }),
    ...(custom_dat !== undefined && { customDat: custom_dat }),
    ...(create_time !== undefined && { createTime: timeOf('create_time', create_time) }),
    ...(change_pwd_time !== undefined && { changePwdTime: timeOf('change_pwd_time', change_pwd_time) }),
    ...(foreign !== undefined && { hash: foreign }),
  };
}

type HashMembers = { [name in 'hash' | 'hash_kind' | 'salt' | 'hash_params']: LineJson[name] | undefined };

function hashOf({ hash, hash_kind, salt, hash_params }: HashMembers): AccountLine['hash'] {
  if (hash === undefined) {
    if (hash_kind === undefined && salt === undefined && hash_params === undefined) return undefined;
    throw invalidField('hash', 'is missing');
  }
  return {
    hash,
    ...(hash_kind !== undefined && { kind: hash_kind }),
    ...(salt !== undefined && { salt }),
    ...(hash_params !== undefined && { parameters: hash_params }),
  };
}

/** The line of an account that is exported; an import takes it. The hash only when told. */
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
