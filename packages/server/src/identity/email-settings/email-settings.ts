import { invalidField } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Account } from '../accounts/account.ts';

/** Where an account's mail goes. */
export interface EmailSettings {
  readonly accountId: AccountId;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly subscriptions: Record<string, unknown>;
  /** Whether the owner has shown access to the mailbox, by a code from it. */
  readonly verified: boolean;
  /** The last verified address. Codes go there until the present address is verified too. */
  readonly provenEmail?: string;
  readonly customHdr: Record<string, unknown>;
  readonly customDat: Record<string, unknown>;
}

const emailPattern =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * Checks an e-mail address; returns its stored form. NFKC comes first, so that nothing changes its meaning
 * after the check; the domain becomes lower case. One ASCII mailbox (RFC 5321, 4.1.2), without quoted local
 * parts and address literals. Throws INVALID_DATA.
 */
export function checkEmail(email: string, field = 'email'): string {
  const normal = email.length > 1024 ? '' : email.normalize('NFKC').trim();
  if (normal.length > 254 || !emailPattern.test(normal))
    throw invalidField(field, 'must be one e-mail address');
  const at = normal.lastIndexOf('@');
  return normal.slice(0, at) + normal.slice(at).toLowerCase();
}

/** Makes the e-mail settings of an account. The address is not verified. */
export function newEmailSettings(
  { id: accountId, name, language }: Pick<Account, 'id' | 'name' | 'language'>,
  email: string,
): EmailSettings {
  return {
    accountId,
    name,
    email,
    language,
    subscriptions: {},
    verified: false,
    customHdr: {},
    customDat: {},
  };
}

/**
 * Where codes for the account go: to a verified address if there is one, since anybody can type in another.
 */
export function safeAddress({ email, verified, provenEmail }: EmailSettings): string {
  return verified ? email : (provenEmail ?? email);
}
