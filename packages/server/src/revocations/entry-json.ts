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

const reasons = new Map<string, string>();

/** What `entryJson` gives, as text. Put together by hand: a verifier that starts is given a million of them. */
export function entryText(entry: Entry): string {
  const { seq, at, subject, action, reason, sessions, expiresAt } = entry;
  let quoted = reasons.get(reason);
  if (quoted === undefined) {
    quoted = JSON.stringify(reason);
    // There are few; whoever finds a way to make many fills no memory with them.
    if (reasons.size < 100) reasons.set(reason, quoted);
  }
  // A session's id needs no escaping.
  const who =
    'session' in subject ? `{"session":"${subject.session}"}` : JSON.stringify(entryJson(entry).subject);
  const ended = sessions === undefined ? '' : `"sessions":${JSON.stringify(sessions)},`;
  return `{"seq":${seq},"at":${at},"subject":${who},"action":"${action}","reason":${quoted},${ended}"expiresAt":${expiresAt}}`;
}
