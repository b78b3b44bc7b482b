import { sql } from 'kysely';
import type { Section } from '../../../identity/settings/settings.ts';
import type { SettingsStore } from '../../../identity/settings/store.ts';
import { type Database, noRow } from './database.ts';
import { parseObject } from './json.ts';
import { pageOf } from './page.ts';
import { contains } from './search.ts';

export interface SettingsRow {
  id: string;
  parameters: string;
  /** Null until the section is set for the first time. */
  update_time: number | null;
}

/** Sections of settings in SQL. */
export function sqlSettings({ kysely, engine }: Database): SettingsStore {
  return {
    async find(id) {
      const row = await kysely
        .selectFrom('settings')
        .selectAll()
        .where('id', '=', id)
        .where('update_time', 'is not', null)
        .executeTakeFirst();
      return row && toSection(row);
    },

    async list(filter, page) {
      const { ids, search } = filter;
      let query = kysely.selectFrom('settings').where('update_time', 'is not', null);
      if (ids !== undefined) query = ids.length === 0 ? query.where(noRow) : query.where('id', 'in', ids);
      if (search !== undefined) query = query.where(contains(sql<string>`lower(id)`, search));
      return pageOf(query.selectAll().orderBy('update_time', 'desc').orderBy('id'), query, page, toSection);
    },

    async lock(id) {
      // A row to lock, where there is none yet.
      await kysely
        .insertInto('settings')
        .values({ id, parameters: '{}', update_time: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await kysely
        .selectFrom('settings')
        .selectAll()
        .where('id', '=', id)
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirstOrThrow();
      return toSection(row);
    },

    async update({ id, parameters, updateTime }) {
      const row = { parameters: JSON.stringify(parameters), update_time: updateTime };
      await kysely.updateTable('settings').set(row).where('id', '=', id).execute();
    },

    async remove(id) {
      const result = await kysely.deleteFrom('settings').where('id', '=', id).executeTakeFirst();
      return result.numDeletedRows === 1n;
    },
  };
}

/** In a query of `accounts`: the parameters of the account's own section. */
export const settingsOfAccount = sql<string | null>`(
  select parameters from settings where settings.id = cast(accounts.id as text)
)`;

function toSection(row: SettingsRow): Section {
  const section = { id: row.id, parameters: parseObject(row.parameters) };
  return row.update_time === null ? section : { ...section, updateTime: row.update_time };
}
