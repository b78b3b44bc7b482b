import { accountIdOf, type SessionId } from '../../../kernel/ids.ts';
import type {
  CloseReason,
  Session,
  SessionMoment,
  SessionUser,
  UserSession,
} from '../../../sessions/session.ts';
import type { AccountRow } from './accounts.ts';
import { parseObject, parseTexts } from './json.ts';
import type { PasswordRow } from './passwords.ts';
import { splitRoles } from './roles.ts';
import { splitSites } from './sites-of-account.ts';

export interface SessionRow {
  id: string;
  account_id: number;
  open_time: number;
  close_time: number | null;
  close_reason: CloseReason | null;
  request_time: number;
  /** The use that the sweep knows of, never later than `request_time`: it has an index, so it changes seldom. */
  swept_time: number;
  expire_time: number;
  address: string;
  client: string;
  platform: string;
  auth_time: number;
  amr: string;
  data: string;
}

/** The account's columns that are shown with a session. None has the name of a session's column. */
export const userColumns = [
  'login',
  'name',
  'create_time',
  'active',
  'deleted',
  'time_zone',
  'language',
  'theme',
  'custom_hdr',
  'custom_dat',
] as const;

/** A session with its account's columns. */
export type UserSessionRow = SessionRow &
  Pick<AccountRow, (typeof userColumns)[number]> & {
    change_time: PasswordRow['change_time'] | null;
    roles: string | null;
    sites: string | null;
    settings: string | null;
  };

/** What `find` reads by one statement. */
export type MomentRow = UserSessionRow & { head: number };

/** The row to insert for a session. */
export function toSessionRow(session: Session): SessionRow {
  return {
    id: session.id,
    account_id: Number(session.accountId),
    open_time: session.openTime,
    close_time: session.closeTime ?? null,
    close_reason: session.closeReason ?? null,
    request_time: session.requestTime,
    swept_time: session.requestTime,
    expire_time: session.expireTime,
    address: session.address,
    client: session.client,
    platform: session.platform,
    auth_time: session.authTime,
    amr: JSON.stringify(session.amr),
    data: JSON.stringify(session.data),
  };
}

/** The session of a row. */
export function toSession(row: SessionRow): Session {
  const session = {
    id: row.id as SessionId,
    accountId: accountIdOf(row.account_id),
    openTime: row.open_time,
    requestTime: row.request_time,
    expireTime: row.expire_time,
    address: row.address,
    client: row.client,
    platform: row.platform,
    authTime: row.auth_time,
    amr: parseAmr(row.amr),
    data: parseObject(row.data),
  };
  if (row.close_time === null || row.close_reason === null) return session;
  return { ...session, closeTime: row.close_time, closeReason: row.close_reason };
}

/** The session of a row, with its account. */
export function toUserSession(row: UserSessionRow): UserSession {
  const session = toSession(row);
  const user: SessionUser = {
    id: session.accountId,
    login: row.login,
    name: row.name,
    createTime: row.create_time,
    timeZone: row.time_zone,
    language: row.language,
    theme: row.theme,
    customHdr: parseObject(row.custom_hdr),
    customDat: parseObject(row.custom_dat),
    roles: splitRoles(row.roles),
    sites: splitSites(row.sites),
    settings: row.settings === null ? noSettings : parseObject(row.settings),
    ...(row.change_time === null ? undefined : { changePwdTime: row.change_time }),
  };
  return { session, user };
}

/** The session, its account and the log's position. */
export function toMoment(row: MomentRow): SessionMoment {
  const { session, user } = toUserSession(row);
  return { session, user, rev: row.head, accountActive: row.active === 1 && row.deleted === 0 };
}

const noSettings = Object.freeze({});

/** Nearly every session has one of a few lists of methods; each list is parsed once. */
const parsedAmr = new Map<string, readonly string[]>();

function parseAmr(json: string): readonly string[] {
  let amr = parsedAmr.get(json);
  if (amr === undefined) {
    amr = Object.freeze(parseTexts(json));
    if (parsedAmr.size < 64) parsedAmr.set(json, amr);
  }
  return amr;
}
