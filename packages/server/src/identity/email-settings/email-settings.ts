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
 * Where mails to the account go: to a verified address if there is one, since anybody can type in another. And whether it
 * is one.
 */
export function addressOf({ email, verified, provenEmail }: EmailSettings): {
  readonly to: string;
  readonly proven: boolean;
} {
  const to = verified ? email : (provenEmail ?? email);
  return { to, proven: verified || provenEmail !== undefined };
}
