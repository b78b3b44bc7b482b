import { adminRole } from '../identity/roles/role.ts';
import { hasRank, type SiteRank } from '../identity/roles/site-role.ts';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import type { ProvenService } from '../log/services/authenticate-service.ts';
import { isRestricted, type SessionMoment } from '../sessions/session.ts';
import type { Maybe } from './path.ts';

/** The account that calls, and its live session. */
export interface Caller extends SessionMoment {
  readonly accountId: AccountId;
  readonly admin: boolean;
}

/** The caller of a live session. */
export function callerOf(moment: SessionMoment): Caller {
  const { session, user, rev, accountActive } = moment;
  return {
    session,
    user,
    rev,
    accountActive,
    accountId: session.accountId,
    admin: user.roles.includes(adminRole),
  };
}

/** What is loaded of a request before it is admitted, by the kind of the route's access. */
export interface Loaded {
  /** No credential is looked at. */
  readonly nothing: undefined;
  /** A session where a live one is proven; a dead credential counts as none. */
  readonly anybody: Caller | undefined;
  /** A session; a dead credential is refused. */
  readonly session: Caller | undefined;
  /** A session that token and cookie prove together. */
  readonly proof: Caller;
  /** A session that token and cookie prove together, whose token may have expired. */
  readonly ending: Caller;
  /** A service, by its key. */
  readonly service: ProvenService;
}

export type AccessKind = keyof Loaded;

/** Who may call a route: what is loaded of the request, who is let in, and as whom. */
export interface Access<Who, Path = unknown, Kind extends AccessKind = 'session'> {
  readonly kind: Kind;
  /** For the documentation only. */
  readonly words: string;
  /** All codes that it refuses with. */
  readonly codes: readonly ErrorCode[];
  /** Whether a session must have been proven in the last minutes: see `requireFresh`. */
  readonly presence?: true;
  /** Says who calls. Throws one of the codes when they may not. */
  readonly admit: (loaded: Loaded[Kind], path: Maybe<Path>) => Who;
}

interface UserPath {
  readonly user_id: AccountId;
}

/**
 * As the access, for callers who proved a moment ago that they are there. For whatever changes who may do what: a session
 * that was left open, or stolen, must not be enough for that (ASVS 7.5.1).
 */
export function present<Path>(access: Access<Caller, Path>): Access<Caller, Path> {
  const codes = [...access.codes, 'REAUTH_REQUIRED'] as const;
  return { ...access, codes, presence: true };
}

const credentialCodes = ['AMBIGUOUS_CREDENTIALS', 'UNAVAILABLE'] as const;
const sessionCodes = [...credentialCodes, 'SESSION_NOT_FOUND', 'TOKEN_STALE', 'NOT_SIGNED'] as const;
const signedCodes = [...sessionCodes, 'PASSWORD_CHANGE_REQUIRED'] as const;
const ownerCodes = ['NOT_OWNER', 'NOT_FOUND'] as const;

function requireSession(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new AppError('NOT_SIGNED');
  return caller;
}

/** A session that a one-time password opened may only choose a new password. */
function requireUnrestricted(caller: Caller): Caller {
  if (isRestricted(caller.session)) throw new AppError('PASSWORD_CHANGE_REQUIRED');
  return caller;
}

function requireSigned(caller: Caller | undefined): Caller {
  return requireUnrestricted(requireSession(caller));
}

function requireOwner(caller: Caller, id: string | undefined): Caller {
  if (id === undefined) throw new AppError('NOT_FOUND');
  if (id !== caller.accountId) throw new AppError('NOT_OWNER');
  return caller;
}

function requireOwnerOrAdmin(caller: Caller, id: string | undefined): Caller {
  if (id === undefined) throw new AppError('NOT_FOUND');
  if (id !== caller.accountId && !caller.admin) throw new AppError('NOT_OWNER');
  return caller;
}

/** Anybody, and no credential is looked at. */
export const open: Access<undefined, unknown, 'nothing'> = {
  kind: 'nothing',
  words: 'anybody',
  codes: [],
  admit: () => undefined,
};

/** Anybody; the session is loaded where a live one is proven. */
export const anybody: Access<Caller | undefined, unknown, 'anybody'> = {
  kind: 'anybody',
  words: 'anybody',
  codes: credentialCodes,
  admit: (caller) => caller,
};

export const signed: Access<Caller> = {
  kind: 'session',
  words: 'signed',
  codes: signedCodes,
  admit: requireSigned,
};

export const owner: Access<Caller, UserPath> = {
  kind: 'session',
  words: 'owner',
  codes: [...signedCodes, ...ownerCodes],
  admit: (caller, { user_id: id }) => requireOwner(requireSigned(caller), id),
};

/** As `owner`, also in a session that a one-time password opened. */
export const ownerEvenRestricted: Access<Caller, UserPath> = {
  ...owner,
  codes: [...sessionCodes, ...ownerCodes],
  admit: (caller, { user_id: id }) => requireOwner(requireSession(caller), id),
};

/** The account that the path names, or an admin. A path that names a section may name more than accounts. */
export const ownerOrAdmin: Access<Caller, { readonly user_id: string }> = {
  kind: 'session',
  words: 'owner or admin',
  codes: [...signedCodes, ...ownerCodes],
  admit: (caller, { user_id: id }) => requireOwnerOrAdmin(requireSigned(caller), id),
};

/** As `ownerOrAdmin`; `current` names the caller's own account. */
export const ownerOrAdminByName: Access<Caller, { readonly user_id: string }> = {
  ...ownerOrAdmin,
  admit(caller, { user_id: id }) {
    const signed = requireSigned(caller);
    return requireOwnerOrAdmin(signed, id === 'current' ? signed.accountId : id);
  },
};

export const admin: Access<Caller> = {
  kind: 'session',
  words: 'admin',
  codes: [...signedCodes, 'NOT_IN_ROLE'],
  admit(caller) {
    const signed = requireSigned(caller);
    if (!signed.admin) throw new AppError('NOT_IN_ROLE');
    return signed;
  },
};

/**
 * Accounts with the rank or a higher one on the path's site, and any admin. The others are not told whether the site
 * exists.
 */
function onSite(least: SiteRank): Access<Caller, { readonly site_id: SiteId }> {
  return {
    kind: 'session',
    words: `site ${least}`,
    codes: [...signedCodes, 'NOT_IN_SITE_ROLE', 'NOT_FOUND'],
    admit(caller, { site_id: id }) {
      const signed = requireSigned(caller);
      const may = signed.admin || (id !== undefined && hasRank(signed.user.roles, id, least));
      if (!may) throw new AppError('NOT_IN_SITE_ROLE');
      return signed;
    },
  };
}

export const siteUser = onSite('user');
export const siteManager = onSite('manager');
export const siteAdmin = onSite('admin');

/** A site's manager, or an account that asks to join. The operation decides, because it knows which of them calls. */
export const siteManagerOrAsker: Access<Caller> = {
  kind: 'session',
  words: 'site manager, or an account that asks to join',
  codes: [...signedCodes, 'NOT_IN_SITE_ROLE', 'NOT_FOUND'],
  admit: requireSigned,
};

/** The operation decides: it depends on the roles that the body names. */
export const adminOrSiteAdmin: Access<Caller, UserPath> = {
  kind: 'session',
  words: 'admin, or the admin of a site for roles of the site',
  codes: [...signedCodes, 'NOT_FOUND'],
  admit(caller, { user_id: id }) {
    const signed = requireSigned(caller);
    if (id === undefined) throw new AppError('NOT_FOUND');
    return signed;
  },
};

/** On the auth interface: the account that token and cookie prove. */
export const proven: Access<Caller, unknown, 'proof'> = {
  kind: 'proof',
  words: 'token and cookie',
  codes: [...credentialCodes, 'INVALID_CREDENTIALS', 'TOKEN_STALE'],
  admit: requireUnrestricted,
};

/** As `proven`, for logging out: an expired token does, too. */
export const provenToLogOut: Access<Caller, unknown, 'ending'> = {
  kind: 'ending',
  words: 'token and cookie',
  codes: [...credentialCodes, 'INVALID_CREDENTIALS'],
  admit: (caller) => caller,
};

/** A service, by its key. */
export const service: Access<ProvenService, unknown, 'service'> = {
  kind: 'service',
  words: 'service key',
  codes: [...credentialCodes, 'INVALID_CREDENTIALS'],
  admit: (service) => service,
};
