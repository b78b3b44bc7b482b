import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { AccountRoles, Role, RoleFilter } from './role.ts';

export interface RoleReader {
  /** Empty when the account has no roles, or does not exist. */
  find(accountId: AccountId): Promise<AccountRoles>;
  /** Accounts that have roles, the newest account first. */
  list(filter: RoleFilter, page: PageRequest): Promise<Page<AccountRoles>>;
  /** At most `limit` active accounts that have any of the roles, in the order of their ids. */
  listHolders(roles: readonly Role[], limit: number): Promise<AccountId[]>;
}

export interface RoleStore extends RoleReader {
  /** Returns the roles that were new. */
  grant(accountId: AccountId, roles: readonly Role[], time: number): Promise<Role[]>;
  /** Returns the roles that the account had. */
  revoke(accountId: AccountId, roles: readonly Role[], time: number): Promise<Role[]>;
  /**
   * Locks the active accounts that have the role until the transaction ends: no other transaction takes it
   * from one.
   */
  lockHolders(role: Role): Promise<AccountId[]>;
}
