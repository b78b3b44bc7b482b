import type { ForeignHash } from '../kernel/ports.ts';

/** One account as it comes in with an import, its form checked and its values not. Times are unix milliseconds. */
export interface AccountLine {
  /** Kept, so that what other systems know an account by stays; a new one unless told. */
  readonly id?: string;
  /** Defaults to the e-mail address. */
  readonly login?: string;
  readonly name: string;
  readonly email?: string;
  /** Whether the mailbox has proven itself. */
  readonly verified?: boolean;
  readonly subscriptions?: Record<string, unknown>;
  readonly roles?: readonly string[];
  readonly active?: boolean;
  readonly createTime?: number;
  /** A BCP 47 tag. */
  readonly language?: string;
  readonly theme?: string;
  /** An IANA name. */
  readonly timeZone?: string;
  readonly customHdr?: Record<string, unknown>;
  readonly customDat?: Record<string, unknown>;
  /** The parameters of the account's own section. */
  readonly settings?: Record<string, unknown>;
  /** Without one the account has no password, and nobody signs in to it. */
  readonly hash?: ForeignHash;
  readonly changePwdTime?: number;
}
