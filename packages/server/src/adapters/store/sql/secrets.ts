import type { SecretStore } from '../../../log/secrets/store.ts';
import type { Database } from './database.ts';

export interface SecretRow {
  name: string;
  version: number;
  value: string;
}

/** Secrets in SQL. They are encrypted before they get here. */
export function sqlSecrets({ kysely }: Database): SecretStore {
  return {
    async find(name) {
      const row = await kysely.selectFrom('secrets').selectAll().where('name', '=', name).executeTakeFirst();
      return row && { version: row.version, value: row.value };
    },

    async put(name, value, expectedVersion) {
      if (expectedVersion === undefined) {
        const inserted = await kysely
          .insertInto('secrets')
          .values({ name, version: 1, value })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return inserted.numInsertedOrUpdatedRows === 1n;
      }
      const updated = await kysely
        .updateTable('secrets')
        .set({ version: expectedVersion + 1, value })
        .where('name', '=', name)
        .where('version', '=', expectedVersion)
        .executeTakeFirst();
      return updated.numUpdatedRows === 1n;
    },
  };
}
