import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { given } from '../../kernel/given.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { assignRoles } from './assign-roles.ts';
import { checkAssigner } from './check-assigner.ts';
import type { AssignRolesInput } from './grant-roles.ts';
import { type AccountRoles, adminRole, checkRoles, type Role, siteOf } from './role.ts';

/**
 * Replaces the account's roles. They apply from the next request on, and its older tokens become stale. A
 * site's admin replaces only the roles on that site. Throws INVALID_DATA, NOT_IN_ROLE for a caller who is no
 * admin, and what `checkAssigner` and `assignRoles` throw.
 */
export function setRoles(
  ctx: Context,
  input: AssignRolesInput & {
    /** Throws when the roles are not what the caller takes them for. */
    readonly check?: (present: AccountRoles) => void;
  },
): Promise<AccountRoles> {
  const { accountId, by, check } = input;
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    const isTheirs = by === undefined ? () => true : await findAssignable(tx, by);
    if (by !== undefined) await checkAssigner(tx, by, roles);
    const wanted = (present: readonly Role[]) =>
      checkRoles([...present.filter((role) => !isTheirs(role)), ...roles]);
    return (await assignRoles(ctx, tx, given({ accountId, wanted, check }))).now;
  });
}

/** Finds which roles the caller may give and take. */
async function findAssignable(tx: Transaction, by: AccountId): Promise<(role: Role) => boolean> {
  const { roles: own } = await tx.roles.find(by);
  if (own.includes(adminRole)) return () => true;
  if (!own.some((role) => role.endsWith(`:${adminRole}`))) throw new AppError('NOT_IN_ROLE');
  return (role) => own.includes(`${siteOf(role)}:${adminRole}`);
}
