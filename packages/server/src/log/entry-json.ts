import type { Action, Entry } from './entry.ts';

/** An entry as the feed shows it. */
export interface EntryJson {
  readonly seq: number;
  /** Unix seconds. */
  readonly at: number;
  readonly subject: Readonly<Record<string, string | number | true>>;
  readonly action: Action;
  readonly reason: string;
  /** Sessions that ended with it, where it is about their user or everybody. */
  readonly sessions?: readonly string[];
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** The entry in the form of the feed. */
export function entryJson(entry: Entry): EntryJson {
  const { seq, at, subject, action, reason, sessions, expiresAt } = entry;
  return {
    seq,
    at,
    subject: 'user' in subject ? { user: Number(subject.user) } : subject,
    action,
    reason,
    ...(sessions !== undefined && { sessions }),
    expiresAt,
  };
}

/** What `entryJson` gives, as texts with commas between; `listText` of the store gives the same. */
export function entriesText(entries: readonly Entry[]): string {
  return JSON.stringify(entries.map(entryJson)).slice(1, -1);
}
