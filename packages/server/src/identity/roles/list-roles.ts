import type { Context } from '../../kernel/context.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { AccountRoles, RoleFilter } from './role.ts';

/** The roles of all accounts that have some, the newest account first. */
export function listRoles(
  ctx: Context,
  input: { readonly filter: RoleFilter; readonly page: PageRequest },
): Promise<Page<AccountRoles>> {
  return ctx.read.roles.list(input.filter, input.page);
}
