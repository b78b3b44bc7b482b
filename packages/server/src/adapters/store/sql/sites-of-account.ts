import { sql } from 'kysely';
import type { SessionUser } from '../../../sessions/session.ts';

/**
 * In a query of `accounts`: the sites on which the account has a role, one in a line, perhaps more than once. No name
 * has a line break. Each site is a look-up of its own: a database may begin a join with all the sites there are.
 */
export const sitesOfAccount = sql<string | null>`(
  select string_agg((
    select sites.id || ':' || sites.name from sites
    where sites.id = account_roles.site_id and sites.deleted = 0
  ), '\n')
  from account_roles where account_roles.account_id = accounts.id
)`;

const noSites: SessionUser['sites'] = Object.freeze([]);

/** The sites in a text of `sitesOfAccount`, each once, sorted by name. */
export function splitSites(lines: string | null): SessionUser['sites'] {
  if (lines === null) return noSites;
  const sites = [...new Set(lines.split('\n'))].map((line) => {
    const at = line.indexOf(':');
    return { id: line.slice(0, at), name: line.slice(at + 1) };
  });
  return sites.sort((a, b) => (a.name === b.name ? compare(a.id, b.id) : compare(a.name, b.name)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
