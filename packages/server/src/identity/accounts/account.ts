import { withAsciiDomain } from '../../kernel/email-address.ts';
import { invalidField } from '../../kernel/errors.ts';
import { type AccountId, parseAccountId } from '../../kernel/ids.ts';

/** A person who can sign in. Times are unix milliseconds. */
export interface Account {
  readonly id: AccountId;
  /** As the person wrote it. Logins are compared by `loginKey`. */
  readonly login: string;
  readonly name: string;
  readonly createTime: number;
  readonly active: boolean;
  readonly deleted: boolean;
  readonly timeZone: string;
  readonly language: string;
  readonly theme: string;
  readonly customHdr: Record<string, unknown>;
  readonly customDat: Record<string, unknown>;
}

export interface AccountFilter {
  readonly active?: boolean;
  /** Part of a login or name, case-insensitive. */
  readonly search?: string;
  readonly ids?: readonly AccountId[];
}

export const maxLoginLength = 254;

/**
 * The key by which logins are compared: compatibility forms, case, surrounding space, and how the domain of an address is
 * written make no difference. Of an address it is what `emailKeyOf` makes. Undefined for a text that cannot be a login: empty, too long, with control or invisible characters, or only
 * digits, because a number is always an account id.
 */
export function loginKeyOf(login: string): string | undefined {
  if (login.length > 4 * maxLoginLength) return undefined;
  const key = withAsciiDomain(login.normalize('NFKC').trim()).toLowerCase().normalize('NFKC');
  if (key.length === 0 || key.length > maxLoginLength) return undefined;
  if (/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(key) || /^\p{Nd}+$/u.test(key)) return undefined;
  return key;
}

/** Checks a login; returns its stored form and its key. Throws INVALID_DATA. */
export function checkLogin(login: string): { readonly login: string; readonly loginKey: string } {
  const loginKey = loginKeyOf(login);
  if (loginKey === undefined) {
    throw invalidField(
      'login',
      'must be 1 to 254 visible characters without spaces, not only digits: numbers are account ids',
    );
  }
  return { login: login.normalize('NFC').trim(), loginKey };
}

/** What a text can name an account by: its id or its login, never both. Undefined when it can be neither. */
export function accountKeyOf(
  idOrLogin: string,
): { readonly id: AccountId } | { readonly loginKey: string } | undefined {
  const id = parseAccountId(idOrLogin);
  if (id !== undefined) return { id };
  const loginKey = loginKeyOf(idOrLogin);
  return loginKey === undefined ? undefined : { loginKey };
}

type OptionalFields = Pick<Account, 'active' | 'timeZone' | 'language' | 'theme' | 'customHdr' | 'customDat'>;

/** Makes an account that is not stored yet. Fields that are absent get their defaults. */
export function newAccount(
  { id, login, name, createTime }: Pick<Account, 'id' | 'login' | 'name' | 'createTime'>,
  fields: { readonly [F in keyof OptionalFields]?: OptionalFields[F] | undefined } = {},
): Account {
  const {
    active = true,
    timeZone = 'UTC',
    language = 'en',
    theme = '',
    customHdr = {},
    customDat = {},
  } = fields;
  const deleted = false;
  return { id, login, name, createTime, active, deleted, timeZone, language, theme, customHdr, customDat };
}

/** What remains of a deleted account. Its key cannot be a login's, so nobody can have taken it before. */
export function tombstoneOf(account: Account): { readonly account: Account; readonly loginKey: string } {
  const { id, createTime } = account;
  const blank = newAccount({ id, login: `deleted-${id}`, name: '', createTime }, { active: false });
  return { account: { ...blank, deleted: true }, loginKey: `deleted ${id}` };
}
