import { invalidField } from '../../kernel/errors.ts';
import { type AccountId, parseAccountId } from '../../kernel/ids.ts';

/** A person who can sign in. Times are unix milliseconds. */
export interface Account {
  readonly id: AccountId;
  /** As the person wrote it; `loginKey` is what is compared. */
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
  /** Part of a login or name, in any case. */
  readonly search?: string;
  readonly ids?: readonly AccountId[];
}

export const maxLoginLength = 254;

/**
 * What two spellings of one login have in common: compatibility forms, case and surrounding space make no
 * difference. Undefined for a text that cannot be a login: empty, too long, with control or invisible characters,
 * or only digits, because ids and logins are disjoint.
 */
export function loginKeyOf(login: string): string | undefined {
  if (login.length > 4 * maxLoginLength) return undefined;
  const key = login.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
  if (key.length === 0 || key.length > maxLoginLength) return undefined;
  if (/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(key) || /^\p{Nd}+$/u.test(key)) return undefined;
  return key;
}

/** The login as it is stored, and the key it is found by. Throws INVALID_DATA for what cannot be a login. */
export function newLogin(login: string): { readonly login: string; readonly loginKey: string } {
  const loginKey = loginKeyOf(login);
  if (loginKey === undefined) {
    throw invalidField(
      'login',
      'must be 1 to 254 visible characters without spaces, and more than a number: numbers are account ids',
    );
  }
  return { login: login.normalize('NFC').trim(), loginKey };
}

/** How a text names an account: by id or by login, never by both. Undefined when it can be neither. */
export function accountKeyOf(
  idOrLogin: string,
): { readonly id: AccountId } | { readonly loginKey: string } | undefined {
  const id = parseAccountId(idOrLogin);
  if (id !== undefined) return { id };
  const loginKey = loginKeyOf(idOrLogin);
  return loginKey === undefined ? undefined : { loginKey };
}

/** What stays of an account that is deleted. Its key is no login's, so that nobody can have taken it before. */
export function erased(account: Account): { readonly account: Account; readonly loginKey: string } {
  const { id, createTime } = account;
  const nobody = { name: '', timeZone: 'UTC', language: 'en', theme: '', customHdr: {}, customDat: {} };
  return {
    account: { ...nobody, id, createTime, login: `deleted-${id}`, active: false, deleted: true },
    loginKey: `deleted ${id}`,
  };
}
