import type { SiteId } from '../kernel/ids.ts';
import { type Role, siteOf } from '../roles/role.ts';

/** The roles on a site that this service knows, each including those before it. A site may have others besides. */
const ranks = ['user', 'manager', 'admin'] as const;
export type SiteRank = (typeof ranks)[number];

/** The role of that name on the site. */
export function siteRole(siteId: SiteId, name: string): Role {
  return `${siteId}:${name}`;
}

/** Whether the roles hold the rank on the site, or one that includes it. */
export function hasRank(roles: readonly Role[], siteId: SiteId, least: SiteRank): boolean {
  return ranks.slice(ranks.indexOf(least)).some((rank) => roles.includes(siteRole(siteId, rank)));
}

/** Those of the roles that are on the site. */
export function rolesOn(roles: readonly Role[], siteId: SiteId): Role[] {
  return roles.filter((role) => siteOf(role) === siteId);
}

/** What a role is called on its site. */
export function nameOf(role: Role): string {
  return role.slice(role.indexOf(':') + 1);
}
