import type { FastifyRequest } from 'fastify';
import { adminRole } from '../identity/roles/role.ts';
import { hasRank, type SiteRank } from '../identity/roles/site-role.ts';
import { isSectionId } from '../identity/settings/settings.ts';
import { AppError } from '../kernel/errors.ts';
import { type AccountId, parseAccountId, parseSiteId, type SiteId } from '../kernel/ids.ts';
import type { SessionMoment } from '../sessions/session.ts';

/** Who calls, by a live session. */
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

/** Who may call a route. */
export interface Access {
  /** As the documentation says it. */
  readonly words: string;
  /**
   * What is read of the request before: a session by credential (part A), token and cookie together (part B), a
   * service key, or nothing.
   */
  readonly load: 'session' | 'proof' | 'service' | 'nothing';
  /** Whether a session that a one-time password opened may call, too. */
  readonly restricted?: true;
  /** Throws unless the caller may. */
  check(caller: Caller | undefined, request: FastifyRequest): void;
}

function signedCaller(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new AppError('NOT_SIGNED');
  return caller;
}

/** The account that the path names. Throws NOT_FOUND for what is no account id. */
export function pathAccount(request: FastifyRequest): AccountId {
  const id = parseAccountId((request.params as { user_id?: string }).user_id ?? '');
  if (id === undefined) throw new AppError('NOT_FOUND');
  return id;
}

/** The site that the path names. Throws NOT_FOUND for what cannot be one. */
export function pathSite(request: FastifyRequest): SiteId {
  const id = parseSiteId((request.params as { site_id?: string }).site_id ?? '');
  if (id === undefined) throw new AppError('NOT_FOUND');
  return id;
}

/** The section of settings that the path names. Throws NOT_FOUND for what cannot be one. */
export function pathSection(request: FastifyRequest): string {
  const { user_id: id = '' } = request.params as { user_id?: string };
  if (!isSectionId(id)) throw new AppError('NOT_FOUND');
  return id;
}

/** Anybody; a live session is loaded where one is proven. */
export const anybody: Access = { words: 'anybody', load: 'session', check: () => {} };

/** Anybody, and no credential is looked at. */
export const open: Access = { words: 'anybody', load: 'nothing', check: () => {} };

export const signed: Access = {
  words: 'signed',
  load: 'session',
  check: (caller) => void signedCaller(caller),
};

export const owner: Access = {
  words: 'owner',
  load: 'session',
  check: (caller, request) => {
    const { accountId } = signedCaller(caller);
    if (pathAccount(request) !== accountId) throw new AppError('NOT_OWNER');
  },
};

/** As `owner`, also in a session that a one-time password opened. */
export const ownerEvenRestricted: Access = { ...owner, restricted: true };

export const ownerOrAdmin: Access = {
  words: 'owner or admin',
  load: 'session',
  check: (caller, request) => {
    const { accountId, admin } = signedCaller(caller);
    if (pathAccount(request) !== accountId && !admin) throw new AppError('NOT_OWNER');
  },
};

export const admin: Access = {
  words: 'admin',
  load: 'session',
  check: (caller) => {
    if (!signedCaller(caller).admin) throw new AppError('NOT_IN_ROLE');
  },
};

/** As `ownerOrAdmin`, where an admin may name more than accounts. */
export const sectionOwnerOrAdmin: Access = {
  words: 'owner or admin',
  load: 'session',
  check: (caller, request) => {
    const { accountId, admin } = signedCaller(caller);
    const id = pathSection(request);
    if (id !== accountId && !admin) throw new AppError('NOT_OWNER');
  },
};

/**
 * Whoever has the rank on the path's site, or a higher one, and any admin. Nobody else is told whether there is such
 * a site.
 */
function onSite(least: SiteRank): Access {
  return {
    words: `site ${least}`,
    load: 'session',
    check: (caller, request) => {
      const { admin, user } = signedCaller(caller);
      if (admin) return;
      const id = parseSiteId((request.params as { site_id?: string }).site_id ?? '');
      if (id === undefined || !hasRank(user.roles, id, least)) throw new AppError('NOT_IN_SITE_ROLE');
    },
  };
}

export const siteUser: Access = onSite('user');
export const siteManager: Access = onSite('manager');
export const siteAdmin: Access = onSite('admin');

/** Whoever manages the site, or asks for themselves to be let onto it: which it is, and whether they may, the operation sees. */
export const siteManagerOrAsker: Access = {
  words: 'site manager, or whoever asks to join',
  load: 'session',
  check: (caller) => void signedCaller(caller),
};

/** Whether the caller has the roles that it takes is known with the roles that the body names: the operation looks. */
export const adminOrSiteAdmin: Access = {
  words: 'admin, or the admin of a site for roles of the site',
  load: 'session',
  check: (caller, request) => {
    signedCaller(caller);
    pathAccount(request);
  },
};

/** Part B: whoever a token and its cookie prove. */
export const proven: Access = {
  words: 'token and cookie',
  load: 'proof',
  check: (caller) => {
    if (caller === undefined) throw new AppError('INVALID_CREDENTIALS');
  },
};

/** A service, by its key. */
export const service: Access = { words: 'service key', load: 'service', check: () => {} };
