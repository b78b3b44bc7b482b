import { type Static, Type } from '@sinclair/typebox';
import type { Entry } from './entry.ts';

const closed = { additionalProperties: false };

/** An entry as the feed shows it. */
export const EntrySchema = Type.Object({
  seq: Type.Integer(),
  at: Type.Integer({ description: 'Unix seconds.' }),
  subject: Type.Union([
    Type.Object({ session: Type.String() }, closed),
    Type.Object({ user: Type.Integer() }, closed),
    Type.Object({ site: Type.String() }, closed),
    Type.Object({ key: Type.String() }, closed),
    Type.Object({ all: Type.Literal(true) }, closed),
  ]),
  action: Type.Union([Type.Literal('reject'), Type.Literal('refresh')]),
  reason: Type.String(),
  sessions: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Sessions that ended with it, where it is about their user or everybody.',
    }),
  ),
  expiresAt: Type.Integer({ description: 'Unix seconds.' }),
});

export function entryJson(entry: Entry): Static<typeof EntrySchema> {
  const { seq, at, subject, action, reason, sessions, expiresAt } = entry;
  return {
    seq,
    at,
    subject: 'user' in subject ? { user: Number(subject.user) } : subject,
    action,
    reason,
    ...(sessions !== undefined && { sessions: [...sessions] }),
    expiresAt,
  };
}

/** What `entryJson` gives, as texts with commas between; `listText` of the store gives the same. */
export function entriesText(entries: readonly Entry[]): string {
  return JSON.stringify(entries.map(entryJson)).slice(1, -1);
}
