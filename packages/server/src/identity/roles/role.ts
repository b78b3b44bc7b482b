import { invalidField } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';

/** A role name: `admin`, or on a site `<site id>:manager`. */
export type Role = string;

/** An account's roles, sorted. `updateTime` is unix milliseconds; absent when there never was one. */
export interface AccountRoles {
  readonly accountId: AccountId;
  readonly roles: readonly Role[];
  readonly updateTime?: number;
}

export interface RoleFilter {
  readonly ids?: readonly AccountId[];
}

/** Whoever has it may do everything. At least one account always does. */
export const adminRole: Role = 'admin';

/** Characters that an account's roles may take in a token: verifiers refuse one that is longer than 4096 in all. */
const maxRolesLength = 2150;

const rolePattern = /^(?:[A-Za-z0-9_-]{1,64}:)?[A-Za-z0-9_-]{1,64}$/;

/** The site that a role is on; undefined for a global one. */
export function siteOf(role: Role): string | undefined {
  const at = role.indexOf(':');
  return at < 0 ? undefined : role.slice(0, at);
}

/** The roles without repetition, sorted. Throws INVALID_DATA when one is not `[A-Za-z0-9_-]{1,64}`, alone or after a site id and a colon. */
export function checkRoles(roles: readonly string[]): Role[] {
  roles.forEach((role, i) => {
    if (!rolePattern.test(role)) {
      throw invalidField(`roles.${i}`, 'must be [A-Za-z0-9_-]{1,64}, alone or after a site id and a colon');
    }
  });
  return [...new Set(roles)].sort();
}

/** Whether a token can carry all of these roles. */
export function fitToken(roles: readonly Role[]): boolean {
  return JSON.stringify(roles).length <= maxRolesLength;
}
