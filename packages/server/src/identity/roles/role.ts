import { invalidField } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';

/** A role name: `admin`, or on a site `<site id>:manager`. */
export type Role = string;

/** An account's roles, sorted. `updateTime` is unix milliseconds; absent when it never had any. */
export interface AccountRoles {
  readonly accountId: AccountId;
  readonly roles: readonly Role[];
  readonly updateTime?: number;
}

export interface RoleFilter {
  readonly ids?: readonly AccountId[];
}

/** The global admin may do everything. At least one account always has this role. */
export const adminRole: Role = 'admin';

/** The most characters of an account's roles in a token, since verifiers refuse a token longer than 4096. */
const maxRolesLength = 2150;

const rolePattern = /^(?:[A-Za-z0-9_-]{1,64}:)?[A-Za-z0-9_-]{1,64}$/;

/** The site of a role; undefined for a global one. */
export function siteOf(role: Role): string | undefined {
  const at = role.indexOf(':');
  return at < 0 ? undefined : role.slice(0, at);
}

/**
 * Checks roles; returns them sorted, without repetition. Throws INVALID_DATA when one is not
 * `[A-Za-z0-9_-]{1,64}`, by itself or after a site id and a colon.
 */
export function checkRoles(roles: readonly string[]): Role[] {
  roles.forEach((role, i) => {
    if (!rolePattern.test(role)) {
      throw invalidField(
        `roles.${i}`,
        'must match [A-Za-z0-9_-]{1,64}, with or without a site id and a colon before it',
      );
    }
  });
  return [...new Set(roles)].sort();
}

/** Whether a token has room for all of these roles. */
export function fitInToken(roles: readonly Role[]): boolean {
  return JSON.stringify(roles).length <= maxRolesLength;
}
