import { withAsciiDomain } from '../../kernel/email-address.ts';
import { invalidField } from '../../kernel/errors.ts';
import { type AccountId, parseAccountId } from '../../kernel/ids.ts';
import { foldText, hasUnseen, trimBlanks } from '../../kernel/spelling.ts';

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
 * The key by which logins are compared: compatibility forms, case, blanks and invisible characters at the ends, and how the
 * domain of an address is written make no difference. Of an address it is what `emailKeyOf` makes. Undefined for a text
 * that cannot be a login: empty, too long, with control or invisible characters, or only digits, because a number is always
 * an account id.
 */
export function loginKeyOf(login: string): string | undefined {
  const key = keyOf(login);
  return key === undefined || /^\p{Nd}+$/u.test(key) ? undefined : key;
}

function keyOf(text: string): string | undefined {
  if (text.length > 4 * maxLoginLength) return undefined;
  const key = foldText(withAsciiDomain(trimBlanks(text.normalize('NFKC'))));
  return key.length === 0 || key.length > maxLoginLength || hasUnseen(key) ? undefined : key;
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
  return { login: trimBlanks(login.normalize('NFC')), loginKey };
}

/**
 * What a text can name an account by: its id or its login, never both. Undefined when it can be neither. A blank behind a
 * dot, as mails show a login that looks like a link, makes no difference: no login has one.
 */
export function accountKeyOf(
  idOrLogin: string,
): { readonly id: AccountId } | { readonly loginKey: string } | undefined {
  const typed = idOrLogin.replace(/(?<=\S[.:/@]) (?=\S)/g, '');
  const key = keyOf(typed);
  const id = key === undefined ? undefined : parseAccountId(key);
  if (id !== undefined) return { id };
  const loginKey = loginKeyOf(typed);
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
