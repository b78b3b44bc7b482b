import { type Static, Type } from '@sinclair/typebox';
import type { Mail } from '../../identity/mails/mail.ts';
import { isoTime } from '../../kernel/time.ts';
import type { Entry } from '../../log/entry.ts';
import type { Session } from '../../sessions/session.ts';

const Time = Type.String({ description: 'ISO 8601, UTC' });

export const HeldSessionSchema = Type.Object({
  id: Type.String({ description: 'Public: it opens nothing.' }),
  open_time: Time,
  close_time: Type.Optional(Time),
  close_reason: Type.Optional(Type.String()),
  request_time: Time,
  expire_time: Time,
  auth_time: Time,
  address: Type.String(),
  client: Type.String(),
  platform: Type.String(),
  data: Type.Object({}, { additionalProperties: true }),
});

/** A session as an export of its account shows it: the account stands there once. */
export function heldSessionJson(session: Session): Static<typeof HeldSessionSchema> {
  return {
    id: session.id,
    open_time: isoTime(session.openTime),
    ...(session.closeTime !== undefined && { close_time: isoTime(session.closeTime) }),
    ...(session.closeReason !== undefined && { close_reason: session.closeReason }),
    request_time: isoTime(session.requestTime),
    expire_time: isoTime(session.expireTime),
    auth_time: isoTime(session.authTime),
    address: session.address,
    client: session.client,
    platform: session.platform,
    data: session.data,
  };
}

export const HeldEntrySchema = Type.Object({
  seq: Type.Integer(),
  time: Time,
  session_id: Type.Optional(Type.String({ description: 'Absent where all of the account is meant.' })),
  action: Type.String(),
  reason: Type.String(),
});

/** An entry of the log as an export of the account that it is about shows it. */
export function heldEntryJson({ seq, at, subject, action, reason }: Entry): Static<typeof HeldEntrySchema> {
  const session = 'session' in subject ? { session_id: subject.session } : {};
  return { seq, time: isoTime(at * 1000), ...session, action, reason };
}

export const HeldMailSchema = Type.Object({
  kind: Type.String(),
  status: Type.String(),
  create_time: Time,
  sent_time: Type.Optional(Time),
});

/** A mail as an export of its account shows it: that it was there, not what it said. */
export function heldMailJson({ kind, status, createTime, sentTime }: Mail): Static<typeof HeldMailSchema> {
  const sent = sentTime === undefined ? {} : { sent_time: isoTime(sentTime) };
  return { kind, status, create_time: isoTime(createTime), ...sent };
}
