import type { CompiledQuery, Kysely } from 'kysely';
import type { Database, FindRow, Tables } from './database.ts';

/** For a transaction: runs the compiled query on its connection. */
export function preparedByKysely(kysely: Kysely<Tables>): Database['prepare'] {
  return <Row>(_name: string, query: CompiledQuery<Row>): FindRow<Row> => {
    return async (parameters) => (await kysely.executeQuery<Row>({ ...query, parameters })).rows[0];
  };
}
