import { type Static, Type } from '@sinclair/typebox';
import type { Mail } from '../../identity/mails/mail.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import { isoTime } from '../../kernel/time.ts';
import type { Entry } from '../../log/entry.ts';
import type { Session } from '../../sessions/session.ts';
import { AnyObject, Time } from '../schemas.ts';

export const HeldSessionSchema = Type.Object({
  id: Type.String({ description: 'The public id, which is no credential.' }),
  open_time: Time,
  close_time: Type.Optional(Time),
  close_reason: Type.Optional(Type.String()),
  request_time: Time,
  expire_time: Time,
  auth_time: Time,
  address: Type.String(),
  client: Type.String(),
  platform: Type.String(),
  data: AnyObject,
});

/** A session as an export of its account shows it: without the account, which the export has once. */
export function heldSessionJson(session: Session): Static<typeof HeldSessionSchema> {
  return given({
    id: session.id,
    open_time: isoTime(session.openTime),
    close_time: ifGiven(session.closeTime, isoTime),
    close_reason: session.closeReason,
    request_time: isoTime(session.requestTime),
    expire_time: isoTime(session.expireTime),
    auth_time: isoTime(session.authTime),
    address: session.address,
    client: session.client,
    platform: session.platform,
    data: session.data,
  });
}

export const HeldEntrySchema = Type.Object({
  seq: Type.Integer(),
  time: Time,
  session_id: Type.Optional(
    Type.String({ description: 'Absent where the entry is about the whole account.' }),
  ),
  action: Type.String(),
  reason: Type.String(),
});

/** An entry of the log as an export of its account shows it. */
export function heldEntryJson({ seq, at, subject, action, reason }: Entry): Static<typeof HeldEntrySchema> {
  const session_id = 'session' in subject ? subject.session : undefined;
  return given({ seq, time: isoTime(at * 1000), session_id, action, reason });
}

export const HeldMailSchema = Type.Object({
  kind: Type.String(),
  status: Type.String(),
  create_time: Time,
  sent_time: Type.Optional(Time),
});

/** A mail as an export of its account shows it: without its contents. */
export function heldMailJson({ kind, status, createTime, sentTime }: Mail): Static<typeof HeldMailSchema> {
  return given({
    kind,
    status,
    create_time: isoTime(createTime),
    sent_time: ifGiven(sentTime, isoTime),
  });
}
