import type { Context } from '../../kernel/context.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { AccountRoles, RoleFilter } from './role.ts';

/** Lists all accounts that have roles, the newest account first. */
export function listRoles(
  ctx: Context,
  input: { readonly filter: RoleFilter; readonly page: PageRequest },
): Promise<Page<AccountRoles>> {
  return ctx.read.roles.list(input.filter, input.page);
}
