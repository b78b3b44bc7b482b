import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import { isSectionId } from '../identity/settings/settings.ts';
import { AppError } from '../kernel/errors.ts';
import {
  type AccountId,
  type InvitationId,
  parseAccountId,
  parseInvitationId,
  parseSessionId,
  parseSiteId,
  type SessionId,
  type SiteId,
} from '../kernel/ids.ts';
import type { HttpContext } from './context.ts';
import { closed } from './schemas.ts';

/** One member of a path. */
export interface PathMember<T> {
  readonly schema: TSchema;
  /** What the text names; undefined for text that cannot name anything. */
  readonly read: (text: string, ctx: HttpContext) => T | undefined;
}

/** The members of a path, by name. */
export type PathMembers = Readonly<Record<string, PathMember<unknown>>>;

/** What the members of a path name. */
export type PathOf<M extends PathMembers> = {
  readonly [K in keyof M]: M[K] extends PathMember<infer T> ? T : never;
};

/** A path before it is known whether all of it can name something. */
export type Maybe<Path> = { readonly [K in keyof Path]: Path[K] | undefined };

const text = Type.String();
const account: PathMember<AccountId> = { schema: text, read: parseAccountId };
const site: PathMember<SiteId> = { schema: text, read: parseSiteId };
const session: PathMember<SessionId> = { schema: text, read: readSessionId };
const invitation: PathMember<InvitationId> = { schema: text, read: parseInvitationId };
const section: PathMember<string> = {
  schema: Type.String({ description: "An account's id; for admins any section's." }),
  read: (id) => (isSectionId(id) ? id : undefined),
};

/** The caller's own, whatever it is. */
const current = 'current';
const orCurrent = <T>({ read }: PathMember<T>, description: string): PathMember<T | typeof current> => ({
  schema: Type.String({ description }),
  read: (text, ctx) => (text === current ? current : read(text, ctx)),
});

export const UserPath = { user_id: account };
export const SessionPath = { user_id: account, session_id: session };
export const OwnSessionPath = {
  user_id: orCurrent(account, "An account's id, or `current` for the caller's account."),
  session_id: orCurrent(session, "A session's id, or `current` for the caller's session."),
};
export const AuthSessionPath = { sessionId: session };
export const SectionPath = { user_id: section };
export const SitePath = { site_id: site };
export const SiteUserPath = { site_id: site, user_id: account };
export const SiteInvitationPath = { site_id: site, id: invitation };
export const InvitationPath = { id: invitation };

/** The session that a text names, by its public id or by its credential. */
export function readSessionId(text: string, ctx: HttpContext): SessionId | undefined {
  return parseSessionId(text) ?? ctx.credentials.verify(text);
}

/** The schema of a path's members. */
export function pathSchema(members: PathMembers): TObject {
  const schemas = Object.entries(members).map(([name, { schema }]) => [name, schema] as const);
  return Type.Object(Object.fromEntries(schemas), closed);
}

/** Reads the members of a path; what cannot name anything is undefined. */
export function readPath<M extends PathMembers>(
  ctx: HttpContext,
  members: M,
  texts: Readonly<Record<string, string>>,
): Maybe<PathOf<M>> {
  const read: Record<string, unknown> = {};
  for (const name in members) read[name] = members[name]!.read(texts[name] ?? '', ctx);
  return read as Maybe<PathOf<M>>;
}

/** The path, all of which can name something. Throws NOT_FOUND otherwise. */
export function requirePath<Path>(path: Maybe<Path>): Path {
  for (const name in path) if (path[name] === undefined) throw new AppError('NOT_FOUND');
  return path as Path;
}
