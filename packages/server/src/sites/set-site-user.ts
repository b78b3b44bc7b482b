import { checkAssigner } from '../identity/roles/check-assigner.ts';
import { checkRoles } from '../identity/roles/role.ts';
import { siteRole } from '../identity/roles/site-role.ts';
import type { Context } from '../kernel/context.ts';
import { AppError, invalidField } from '../kernel/errors.ts';
import { given } from '../kernel/given.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import { giveSiteRoles } from './give-site-roles.ts';
import type { SiteUser } from './site.ts';

export interface SetSiteUserInput {
  readonly siteId: SiteId;
  readonly accountId: AccountId;
  /** The caller, whose rights are checked by its roles at this moment. */
  readonly by: AccountId;
  /** Names without the site's id; an empty list takes the account off the site. */
  readonly roles: readonly string[];
  /** Throws when the account is not on the site what the caller takes it for. */
  readonly check?: (present: SiteUser) => void;
}

/**
 * Replaces an account's roles on the site. Throws INVALID_DATA, NOT_IN_SITE_ROLE, NOT_FOUND when there is no
 * such site or account, and CONFLICT where `giveSiteRoles` throws it.
 */
export function setSiteUser(ctx: Context, input: SetSiteUserInput): Promise<SiteUser> {
  const { siteId, accountId, by, check } = input;
  input.roles.forEach((name, i) => {
    if (name.includes(':')) throw invalidField(`roles.${i}`, 'must be the name of a role, without a site id');
  });
  const roles = checkRoles(input.roles).map((name) => siteRole(siteId, name));
  return ctx.transaction(async (tx) => {
    if ((await tx.sites.lock(siteId)) === undefined) throw new AppError('NOT_FOUND');
    await checkAssigner(tx, by, [siteRole(siteId, 'admin')]);
    return (await giveSiteRoles(ctx, tx, given({ siteId, accountId, roles, check }))).now;
  });
}
