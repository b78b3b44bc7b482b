import type { AccountId } from '../../kernel/ids.ts';

/** What a code is for. */
export type CodePurpose = 'recover' | 'verify-email' | 'temp-password' | 'temp-session';

/** A one-time code as it is stored. An account has at most one for each purpose; a newer one replaces it. */
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
  /** How many wrong codes were tried. */
  readonly failures: number;
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

/** After this many wrong codes the right one is void. */
export const maxWrongCodes = 5;

/** The id of no account. Work for an unknown login is done for this id, so that it takes the same time. */
export const nobody = '0' as AccountId;
