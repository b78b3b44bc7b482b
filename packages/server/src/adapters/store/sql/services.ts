import type { Service } from '../../../log/services/service.ts';
import type { ServiceStore } from '../../../log/services/store.ts';
import type { Database } from './database.ts';

export interface ServiceRow {
  name: string;
  key_hash: string;
  create_time: number;
}

/** Services in SQL. */
export function sqlServices({ kysely }: Database): ServiceStore {
  const services = () => kysely.selectFrom('services').select(['name', 'create_time']);

  return {
    async findByKeyHash(keyHash) {
      const row = await services().where('key_hash', '=', keyHash).executeTakeFirst();
      return row && toService(row);
    },

    async list() {
      const rows = await services().execute();
      // Sorted here, because PostgreSQL's order depends on the locale of its cluster.
      return rows.map(toService).sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async insert({ name, createTime }, keyHash) {
      const result = await kysely
        .insertInto('services')
        .values({ name, key_hash: keyHash, create_time: createTime })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },

    async remove(name) {
      const result = await kysely.deleteFrom('services').where('name', '=', name).executeTakeFirst();
      return result.numDeletedRows === 1n;
    },
  };
}

function toService(row: { name: string; create_time: number }): Service {
  return { name: row.name, createTime: row.create_time };
}
