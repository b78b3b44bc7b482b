import type { TokenSubject } from '../replica/state.ts';
import type { Claims } from './claims.ts';

const NO_SITES: string[] = [];

/** What the revocation log can concern of a token with these claims, signed by the key `kid`; `sid` is its session. */
export function subjectOf(claims: Claims, kid: string, sid: string): TokenSubject {
  let sites: string[] = NO_SITES;
  for (const role of claims.roles) {
    const colon = role.indexOf(':');
    if (colon === -1) continue;
    const site = role.slice(0, colon);
    if (sites === NO_SITES) sites = [site];
    else if (!sites.includes(site)) sites.push(site);
  }
  return {
    sid,
    userId: claims.userId,
    rev: claims.rev,
    kid,
    sites,
  };
}
