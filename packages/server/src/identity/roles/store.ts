import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { AccountRoles, Role, RoleFilter } from './role.ts';

export interface RoleReader {
  /** Empty for an account without roles, and for no account. */
  find(accountId: AccountId): Promise<AccountRoles>;
  /** Accounts that have roles, the newest account first. */
  list(filter: RoleFilter, page: PageRequest): Promise<Page<AccountRoles>>;
  /** Up to so many active accounts that have any of the roles, in the order of their ids. */
  listHolders(roles: readonly Role[], limit: number): Promise<AccountId[]>;
}

export interface RoleStore extends RoleReader {
  /** The roles that were new. */
  grant(accountId: AccountId, roles: readonly Role[], time: number): Promise<Role[]>;
  /** The roles that were there. */
  revoke(accountId: AccountId, roles: readonly Role[], time: number): Promise<Role[]>;
  /** Active accounts that have the role, held until the transaction ends: nobody else takes it from one meanwhile. */
  lockHolders(role: Role): Promise<AccountId[]>;
}
