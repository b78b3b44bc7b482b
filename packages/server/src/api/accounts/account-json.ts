import { type Static, Type } from '@sinclair/typebox';
import type { Account } from '../../identity/accounts/account.ts';
import { isoTime } from '../../kernel/time.ts';
import { createPutBody, readOnly } from '../put-body.ts';
import { AnyObject, closed, Name, newLogin, SmallObject, Time } from '../schemas.ts';

export const Language = Type.String({ pattern: '^[A-Za-z0-9-]{1,35}$', description: 'A BCP 47 tag.' });
export const Theme = Type.String({ pattern: '^[A-Za-z0-9_-]{0,64}$' });
export const TimeZone = Type.String({ pattern: '^[A-Za-z0-9_+/-]{1,64}$', description: 'An IANA name.' });

export const AccountSchema = Type.Object(
  {
    id: readOnly(Type.String()),
    login: Type.String(),
    name: Type.String(),
    create_time: readOnly(Time),
    active: Type.Boolean({ description: 'Whether the account can sign in.' }),
    deleted: readOnly(Type.Boolean({ description: 'Whether the account was deleted: only its id is left.' })),
    time_zone: Type.String(),
    language: Type.String(),
    theme: Type.String(),
    custom_hdr: AnyObject,
    custom_dat: AnyObject,
  },
  { $id: 'Account', title: 'Account', description: 'A person who can sign in.' },
);

/** An account as the facade shows it. */
export function accountJson(account: Account): Static<typeof AccountSchema> {
  return {
    id: account.id,
    login: account.login,
    name: account.name,
    create_time: isoTime(account.createTime),
    active: account.active,
    deleted: account.deleted,
    time_zone: account.timeZone,
    language: account.language,
    theme: account.theme,
    custom_hdr: account.customHdr,
    custom_dat: account.customDat,
  };
}

const AccountChangesSchema = Type.Partial(
  Type.Object({
    name: Name,
    login: newLogin(),
    language: Language,
    theme: Theme,
    time_zone: TimeZone,
    custom_hdr: SmallObject,
    custom_dat: SmallObject,
    active: Type.Boolean({ description: 'Only admins can change it.' }),
  }),
  closed,
);

/** The fields of an account that can be changed. */
export const accountBody = createPutBody(AccountChangesSchema, AccountSchema);

export type AccountBody = Static<typeof AccountChangesSchema>;

/** An account that an admin creates for somebody else. */
export const ProvidedAccountSchema = Type.Object(
  {
    name: Name,
    email: Type.String({ maxLength: 1024, description: 'A code to set the password with is mailed to it.' }),
    login: Type.Optional(newLogin(' Defaults to the e-mail address.')),
    language: Type.Optional(Language),
    theme: Type.Optional(Theme),
    time_zone: Type.Optional(TimeZone),
  },
  closed,
);
