import { type GeneratedAlways, sql } from 'kysely';
import type { AccountRoles, Role } from '../../../identity/roles/role.ts';
import type { RoleStore } from '../../../identity/roles/store.ts';
import { type AccountId, accountIdOf } from '../../../kernel/ids.ts';
import { type Database, noRow } from './database.ts';
import { pageOf } from './page.ts';

export interface AccountRoleRow {
  account_id: number;
  role: string;
  /** The site of a site role. */
  site_id: GeneratedAlways<string | null>;
}

/** Roles in SQL, one row each. */
export function sqlRoles({ kysely, engine }: Database): RoleStore {
  async function setUpdateTime(accountId: number, time: number) {
    await kysely
      .updateTable('accounts')
      .set({ roles_update_time: time })
      .where('id', '=', accountId)
      .execute();
  }

  return {
    async find(accountId) {
      const row = await kysely
        .selectFrom('accounts')
        .select(['roles_update_time', rolesOfAccount.as('roles')])
        .where('id', '=', Number(accountId))
        .executeTakeFirst();
      return toAccountRoles(accountId, row?.roles ?? null, row?.roles_update_time ?? null);
    },

    async list({ ids }, page) {
      let query = kysely
        .selectFrom('accounts')
        .where('deleted', '=', 0)
        .where('id', 'in', (eb) => eb.selectFrom('account_roles').select('account_id'));
      if (ids !== undefined)
        query = ids.length === 0 ? query.where(noRow) : query.where('id', 'in', ids.map(Number));
      const rows = query
        .select(['id', 'roles_update_time', rolesOfAccount.as('roles')])
        .orderBy('create_time', 'desc')
        .orderBy('id', 'desc');
      return pageOf(rows, query, page, (row) =>
        toAccountRoles(accountIdOf(row.id), row.roles, row.roles_update_time),
      );
    },

    async listHolders(roles, limit) {
      if (roles.length === 0) return [];
      const rows = await kysely
        .selectFrom('accounts')
        .select('id')
        .where('active', '=', 1)
        .where('deleted', '=', 0)
        .where('id', 'in', (eb) =>
          eb.selectFrom('account_roles').select('account_id').where('role', 'in', roles),
        )
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => accountIdOf(row.id));
    },

    async grant(accountId, roles, time) {
      if (roles.length === 0) return [];
      const id = Number(accountId);
      const added = await kysely
        .insertInto('account_roles')
        .values([...new Set(roles)].map((role) => ({ account_id: id, role })))
        .onConflict((conflict) => conflict.doNothing())
        .returning('role')
        .execute();
      if (added.length > 0) await setUpdateTime(id, time);
      return added.map((row) => row.role).sort();
    },

    async revoke(accountId, roles, time) {
      if (roles.length === 0) return [];
      const id = Number(accountId);
      const removed = await kysely
        .deleteFrom('account_roles')
        .where('account_id', '=', id)
        .where('role', 'in', roles)
        .returning('role')
        .execute();
      if (removed.length > 0) await setUpdateTime(id, time);
      return removed.map((row) => row.role).sort();
    },

    async lockHolders(role) {
      if (engine === 'postgres') {
        await kysely
          .selectFrom('account_roles')
          .select('account_id')
          .where('role', '=', role)
          .orderBy('account_id')
          .forUpdate()
          .execute();
      }
      // A second statement, which sees what was committed while the first one waited.
      const rows = await kysely
        .selectFrom('account_roles')
        .innerJoin('accounts', 'accounts.id', 'account_roles.account_id')
        .select('accounts.id')
        .where('role', '=', role)
        .where('active', '=', 1)
        .where('deleted', '=', 0)
        .orderBy('accounts.id')
        .execute();
      return rows.map((row) => accountIdOf(row.id));
    },
  };
}

/** In a query of `accounts`: the account's roles, joined by commas, which no role has in its name. */
export const rolesOfAccount = sql<string | null>`(
  select string_agg(role, ',') from account_roles where account_roles.account_id = accounts.id
)`;

function toAccountRoles(accountId: AccountId, joined: string | null, time: number | null): AccountRoles {
  const roles = splitRoles(joined);
  return time === null ? { accountId, roles } : { accountId, roles, updateTime: time };
}

const noRoles: readonly Role[] = Object.freeze([]);

/** The roles in a text of `rolesOfAccount`, sorted. */
export function splitRoles(roles: string | null): readonly Role[] {
  return roles === null ? noRoles : roles.split(',').sort();
}
