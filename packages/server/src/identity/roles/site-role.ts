import type { SiteId } from '../../kernel/ids.ts';
import { adminRole, type Role, siteOf } from './role.ts';

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

/**
 * Whether somebody with these roles may give a role of that name on the site: a global admin and the site's admin any, a
 * manager none above their own, and nothing that is no rank.
 */
export function mayGive(roles: readonly Role[], siteId: SiteId, name: string): boolean {
  if (roles.includes(adminRole) || hasRank(roles, siteId, 'admin')) return true;
  return isRank(name) && name !== 'admin' && hasRank(roles, siteId, 'manager');
}

/** Whether the roles hold the one of that name on the site, or one that includes it. */
export function holdsRole(roles: readonly Role[], siteId: SiteId, name: string): boolean {
  return isRank(name) ? hasRank(roles, siteId, name) : roles.includes(siteRole(siteId, name));
}

/** The roles on the site with the one of that name: a rank takes the place of those that it includes. */
export function withRole(roles: readonly Role[], siteId: SiteId, name: string): Role[] {
  const present = rolesOn(roles, siteId);
  if (holdsRole(roles, siteId, name)) return present;
  const kept = isRank(name) ? present.filter((role) => !isRank(nameOf(role))) : present;
  return [...kept, siteRole(siteId, name)];
}

function isRank(name: string): name is SiteRank {
  return (ranks as readonly string[]).includes(name);
}
