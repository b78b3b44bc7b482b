import type { LogEntry } from '@latchkey/verify/internal';
import type { AccountId, SessionId } from '../kernel/ids.ts';

/** What an entry is about. */
export type Subject =
  | { readonly session: SessionId }
  | { readonly user: AccountId }
  | { readonly site: string }
  | { readonly key: string }
  | { readonly all: true };

/** `reject` refuses older tokens. `refresh` has them renewed, and signs nobody out. */
export type Action = LogEntry['action'];

/** What an operation appends to the log. */
export interface NewEntry {
  readonly subject: Subject;
  readonly action: Action;
  /** In words of CAEP where they fit. Only shown to operators. */
  readonly reason: string;
  /** The sessions that ended with it, where it is about their user. Each is a LogoutSessionEvent. */
  readonly sessions?: readonly SessionId[];
}

/** The sessions that ended with the entry. */
export function endedBy({ subject, action, sessions = [] }: NewEntry): readonly SessionId[] {
  return 'session' in subject && action === 'reject' ? [subject.session] : sessions;
}

/** Entries in order, as the feed shows them: JSON texts with commas between them. */
export interface EntriesText {
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** One entry of the revocation log. Times are unix seconds. */
export interface Entry extends NewEntry {
  readonly seq: number;
  readonly at: number;
  /** Every token that the entry refuses has expired by then. */
  readonly expiresAt: number;
}
