import type { LogEntry } from '@latchkey/verify/internal';
import type { Entry } from './entry.ts';

/** The entry as the feed shows it. */
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

/** The entries as `entryJson` shows them: JSON texts with commas between. The store's `listText` returns the same. */
export function entriesText(entries: readonly Entry[]): string {
  return JSON.stringify(entries.map(entryJson)).slice(1, -1);
}
