import type { AccountId } from '../../kernel/ids.ts';

/** What a code is for. */
export type CodePurpose = 'recover' | 'verify-email' | 'temp-password' | 'temp-session';

/**
 * A one-time code as it is stored. An account may have several for one purpose, so that a newer mail leaves the older one
 * good; the first that is used ends them all. Wrong codes are not counted: each has 80 bits or more, which nobody finds by
 * trying (NIST SP 800-63B-4, 3.1.2.2), and a count would let strangers use up the codes of others.
 */
export interface Code {
  readonly accountId: AccountId;
  readonly purpose: CodePurpose;
  readonly hash: string;
  /** What it was made for, such as the address that it was mailed to. */
  readonly subject: string;
  /** Unix milliseconds. */
  readonly expireTime: number;
  /** How long it was given. Milliseconds. */
  readonly life: number;
}

const minute = 60_000;

/** How long each kind of code is valid. Milliseconds. */
export const codeLife: Readonly<Record<CodePurpose | 'set-password', number>> = {
  recover: 30 * minute,
  // The first recovery code of an account that somebody else created.
  'set-password': 24 * 60 * minute,
  'verify-email': 24 * 60 * minute,
  'temp-password': 24 * 60 * minute,
  // A one-time password that has opened a session: it stays valid there as the old password.
  'temp-session': 60 * minute,
};

/** The most codes of an account for one purpose. More are not mailed within the life of any: see `mail-limit.ts`. */
export const maxLiveCodes = 40;

/** The id of no account. Work for an unknown login is done for this id, so that it takes the same time. */
export const nobody = '0' as AccountId;
