import { isSessionId } from '../text/base64url.ts';
import { isJsonObject, type Json } from '../text/json.ts';
import { isKeyId } from '../token/header.ts';

/** What an entry of the revocation log is about: exactly one member. */
export type Subject =
  | { readonly session: string }
  | { readonly user: number }
  | { readonly site: string }
  | { readonly key: string }
  | { readonly all: true };

/** An entry of the revocation log, as on the wire. Times are Unix seconds by the server's clock. */
export interface LogEntry {
  readonly seq: number;
  readonly at: number;
  readonly subject: Subject;
  readonly action: 'reject' | 'refresh';
  readonly reason: string;
  /** The sessions that ended with it, if it is about their user or everybody. */
  readonly sessions?: readonly string[];
  /** After this time no token that the entry could refuse is alive. */
  readonly expiresAt: number;
}

const siteForm = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Checks an entry from the feed. Throws a `SyntaxError` for one that this version does not understand: an entry that
 * cannot be applied must stop the reader, and must not be skipped.
 */
export function parseEntry(value: Json | undefined): LogEntry {
  if (!isJsonObject(value)) throw new SyntaxError('entry is not an object');
  const { seq, at, action, reason, sessions, expiresAt, subject } = value;
  if (!isCount(seq) || !isCount(at) || !isCount(expiresAt) || typeof reason !== 'string') {
    throw new SyntaxError('entry with a wrong member');
  }
  if (action !== 'reject' && action !== 'refresh') throw new SyntaxError('entry with an unknown action');
  const entry: LogEntry = { seq, at, subject: parseSubject(subject), action, reason, expiresAt };
  return sessions === undefined ? entry : { ...entry, sessions: parseSessions(sessions) };
}

function parseSessions(value: Json): readonly string[] {
  if (Array.isArray(value) && value.every(isSessionId)) return value;
  throw new SyntaxError('entry with wrong sessions');
}

function parseSubject(value: Json | undefined): Subject {
  if (isJsonObject(value) && Object.keys(value).length === 1) {
    const { session, user, site, key, all } = value;
    if (isSessionId(session)) return { session };
    if (isCount(user) && user > 0) return { user };
    if (typeof site === 'string' && siteForm.test(site)) return { site };
    if (isKeyId(key)) return { key };
    if (all === true) return { all };
  }
  throw new SyntaxError('entry with an unknown subject');
}

/** Whether `value` is a non-negative safe integer. */
export function isCount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
