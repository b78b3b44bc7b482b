import { type Static, Type } from '@sinclair/typebox';
import { given, ifGiven } from '../../kernel/given.ts';
import { isoTime } from '../../kernel/time.ts';
import type { Session, SessionUser, UserSession } from '../../sessions/session.ts';
import { AnyObject, Time } from '../schemas.ts';

export const SessionUserSchema = Type.Object(
  {
    id: Type.String(),
    login: Type.String(),
    name: Type.String(),
    create_time: Time,
    time_zone: Type.String(),
    language: Type.String(),
    theme: Type.String(),
    roles: Type.Array(Type.String()),
    sites: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    settings: AnyObject,
    change_pwd_time: Type.Optional(Time),
    custom_hdr: AnyObject,
    custom_dat: AnyObject,
  },
  { $id: 'SessionUser', title: 'SessionUser', description: 'The account of a session, as it is now.' },
);

export const SessionSchema = Type.Object(
  {
    id: Type.String(),
    user_id: Type.String(),
    user_name: Type.String(),
    active: Type.Boolean(),
    open_time: Time,
    close_time: Type.Optional(Time),
    close_reason: Type.Optional(Type.String()),
    request_time: Time,
    expire_time: Time,
    address: Type.String(),
    client: Type.String(),
    platform: Type.String(),
    user: SessionUserSchema,
    data: AnyObject,
  },
  { $id: 'Session', title: 'Session', description: 'One sign-in of an account on a device.' },
);

type Shown = Static<typeof SessionSchema>;

/** Sessions kept in memory are the same object until something about them changes, so their JSON is kept, too. */
const shownBefore = new WeakMap<
  Session,
  { readonly user: SessionUser; readonly json: Shown; text?: string }
>();

/** A session as the facade shows it. `id` is the public id, or the credential for a caller who is to send it back. */
export function sessionJson({ session, user }: UserSession, id: string = session.id): Shown {
  const { json } = remembered(session, user);
  return id === session.id ? json : { ...json, id };
}

/** The JSON text of `sessionJson`, made once until something about the session changes. */
export function sessionText({ session, user }: UserSession): string {
  const shown = remembered(session, user);
  shown.text ??= JSON.stringify(shown.json);
  return shown.text;
}

function remembered(session: Session, user: SessionUser) {
  let shown = shownBefore.get(session);
  if (shown?.user !== user) {
    shown = { user, json: newJson(session, user) };
    shownBefore.set(session, shown);
  }
  return shown;
}

function newJson(session: Session, user: SessionUser): Shown {
  const { closeTime } = session;
  return given({
    id: session.id,
    user_id: session.accountId,
    user_name: user.name,
    active: closeTime === undefined,
    open_time: isoTime(session.openTime),
    close_time: ifGiven(closeTime, isoTime),
    close_reason: closeTime === undefined ? undefined : (session.closeReason ?? ''),
    request_time: isoTime(session.requestTime),
    expire_time: isoTime(session.expireTime),
    address: session.address,
    client: session.client,
    platform: session.platform,
    user: userJson(user),
    data: session.data,
  });
}

function userJson(user: SessionUser): Static<typeof SessionUserSchema> {
  return given({
    id: user.id,
    login: user.login,
    name: user.name,
    create_time: isoTime(user.createTime),
    time_zone: user.timeZone,
    language: user.language,
    theme: user.theme,
    roles: [...user.roles],
    sites: [...user.sites],
    settings: user.settings,
    change_pwd_time: ifGiven(user.changePwdTime, isoTime),
    custom_hdr: user.customHdr,
    custom_dat: user.customDat,
  });
}
