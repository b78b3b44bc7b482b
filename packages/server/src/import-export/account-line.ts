import type { ForeignHash } from '../kernel/ports.ts';

/** One account of an import: its form is checked, its values are not. Times are unix milliseconds. */
export interface AccountLine {
  /** Keeps the id that other systems know the account by; a new one by default. */
  readonly id?: string;
  /** The e-mail address by default. */
  readonly login?: string;
  /** The login by default, of an address what stands before the @. */
  readonly name?: string;
  readonly email?: string;
  /** Whether the address is verified. */
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
  /** Without a hash the account has no password, and nobody can sign in to it. Of several the first usable one counts. */
  readonly hash?: ForeignHash | readonly ForeignHash[];
  readonly changePwdTime?: number;
  /** What of the account does not come along. */
  readonly notes?: readonly Note[];
}

/** A record of another system that is no account to bring over, such as one that was deleted there. */
export interface LeftOut {
  readonly leftOut: Note;
}

/** Something to count and tell after an import: a kind of `notes.ts`, by itself or with a detail: `elsewhere:google.com`. */
export type Note = string;
