import type { LogEntry } from '@latchkey/verify/internal';
import type { AccountId, SessionId } from '../kernel/ids.ts';

/** What an entry is about. */
export type Subject =
  | { readonly session: SessionId }
  | { readonly user: AccountId }
  | { readonly site: string }
  | { readonly key: string }
  | { readonly all: true };

/** `reject` refuses older tokens; `refresh` has them made anew, and signs nobody out. */
export type Action = LogEntry['action'];

/** What an operation appends to the log. */
export interface NewEntry {
  readonly subject: Subject;
  readonly action: Action;
  /** CAEP words where they fit; shown to operators, decides nothing. */
  readonly reason: string;
  /** The sessions that ended with it, where it is about their user: each of them is a LogoutSessionEvent. */
  readonly sessions?: readonly SessionId[];
}

/** The sessions whose end an entry tells of. */
export function endedBy({ subject, action, sessions = [] }: NewEntry): readonly SessionId[] {
  return 'session' in subject && action === 'reject' ? [subject.session] : sessions;
}

/** Entries in order, as the feed shows them: JSON texts with commas between. */
export interface EntriesText {
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** One entry of the revocation log. Times are unix seconds. */
export interface Entry extends NewEntry {
  readonly seq: number;
  readonly at: number;
  /** No token that the entry could refuse is alive after it. */
  readonly expiresAt: number;
}
