import type { LogEntry } from '@latchkey/verify/internal';
import type { Entry } from './entry.ts';

/** The entry in the form of the feed. */
export function entryJson(entry: Entry): LogEntry {
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
