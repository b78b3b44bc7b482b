import type { TokenSubject } from '../replica/state.ts';
import type { Claims } from './claims.ts';

const noSites: string[] = [];

/**
 * The parts of a token that the revocation log can concern: from these claims, the key `kid` that signed them, and
 * its session `sid`.
 */
export function subjectOf(claims: Claims, kid: string, sid: string): TokenSubject {
  let sites: string[] = noSites;
  for (const role of claims.roles) {
    const colon = role.indexOf(':');
    if (colon === -1) continue;
    const site = role.slice(0, colon);
    if (sites === noSites) sites = [site];
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
