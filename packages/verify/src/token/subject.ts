import { decodeId } from '../base64url.ts';
import type { TokenSubject } from '../replica/state.ts';
import type { Claims } from './claims.ts';

const NO_SITES: readonly string[] = Object.freeze([]);

/** What the revocation log can concern of a token with these claims, signed by the key `kid`. */
export function subjectOf(claims: Claims, kid: string): TokenSubject {
  let sites = NO_SITES;
  for (const role of claims.roles) {
    const site = role.slice(0, Math.max(0, role.indexOf(':')));
    if (site !== '' && !sites.includes(site)) sites = [...sites, site];
  }
  return {
    sid: claims.sid,
    id: decodeId(claims.sid, new Uint32Array(4)),
    userId: claims.userId,
    rev: claims.rev,
    kid,
    sites,
  };
}
