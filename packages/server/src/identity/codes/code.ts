import type { AccountId } from '../../kernel/ids.ts';

/** What a code is good for. */
export type CodePurpose = 'recover' | 'verify-email' | 'temp-password' | 'temp-session';

/** A one-time code as it is stored. An account has one of each purpose: a newer one takes the place of the older. */
export interface Code {
  readonly accountId: AccountId;
  readonly purpose: CodePurpose;
  readonly hash: string;
  /** What it was made for, such as the address that it was mailed to. */
  readonly subject: string;
  /** Unix milliseconds. */
  readonly expireTime: number;
  /** Wrong codes that were tried instead of it. */
  readonly failures: number;
}

const minute = 60_000;

/** How long a code can be used. Milliseconds. */
export const codeLife: Readonly<Record<CodePurpose | 'set-password', number>> = {
  recover: 30 * minute,
  // The first code to recover with, for an account that was made for somebody.
  'set-password': 24 * 60 * minute,
  'verify-email': 24 * 60 * minute,
  'temp-password': 24 * 60 * minute,
  // The one-time password that opened a session, for as long as it can be replaced there.
  'temp-session': 60 * minute,
};

/** The wrong codes that void the right one. */
export const mostWrongCodes = 5;

/** No account's number: what is done for somebody who does not exist is done for it, and takes as long. */
export const nobody = '0' as AccountId;
