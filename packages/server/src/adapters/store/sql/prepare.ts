import type { CompiledQuery, Kysely } from 'kysely';
import type { Database, FindRow, Tables } from './database.ts';

/** How a transaction prepares a query: it runs the compiled query on its own connection. */
export function prepareByKysely(kysely: Kysely<Tables>): Database['prepare'] {
  return <Row>(_name: string, query: CompiledQuery<Row>): FindRow<Row> => {
    return async (parameters) => (await kysely.executeQuery<Row>({ ...query, parameters })).rows[0];
  };
}
