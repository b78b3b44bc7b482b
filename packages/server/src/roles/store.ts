import type { AccountId } from '../kernel/ids.ts';
import type { AccountRoles, Role } from './role.ts';

export interface RoleReader {
  /** Empty for an account without roles, and for no account. */
  find(accountId: AccountId): Promise<AccountRoles>;
}

export interface RoleStore extends RoleReader {
  /** The roles that were new. */
  grant(accountId: AccountId, roles: readonly Role[], time: number): Promise<Role[]>;
  /** The roles that were there. */
  revoke(accountId: AccountId, roles: readonly Role[], time: number): Promise<Role[]>;
  /** Active accounts that have the role, held until the transaction ends: nobody else takes it from one meanwhile. */
  lockHolders(role: Role): Promise<AccountId[]>;
}
