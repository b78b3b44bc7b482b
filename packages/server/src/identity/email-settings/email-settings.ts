import { invalidField } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';

/** Where an account's mail goes. */
export interface EmailSettings {
  readonly accountId: AccountId;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly subscriptions: Record<string, unknown>;
  /** Whether the mailbox has proven itself. */
  readonly verified: boolean;
  /** The last address whose mailbox has proven itself; codes go there until the present one has, too. */
  readonly provenEmail?: string;
  readonly customHdr: Record<string, unknown>;
  readonly customDat: Record<string, unknown>;
}

const emailPattern =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * The address in the form that is stored: NFKC first, then checked, so that nothing changes its meaning after the
 * check; the domain in lower case. One ASCII mailbox (RFC 5321, 4.1.2, without quoted local parts and literals).
 * Throws INVALID_DATA for anything else.
 */
export function newEmail(email: string, field = 'email'): string {
  const normal = email.length > 1024 ? '' : email.normalize('NFKC').trim();
  if (normal.length > 254 || !emailPattern.test(normal))
    throw invalidField(field, 'must be one e-mail address');
  const at = normal.lastIndexOf('@');
  return normal.slice(0, at) + normal.slice(at).toLowerCase();
}

/** Where codes for the account go: an address that somebody has typed in is not enough where another one is proven. */
export function safeAddress({ email, verified, provenEmail }: EmailSettings): string {
  return verified ? email : (provenEmail ?? email);
}
