import type { CompiledQuery, Kysely } from 'kysely';
import type { Database, Engine, FindRow, Tables } from './database.ts';

/** How a transaction prepares a query: it runs the compiled query on its own connection. */
export function prepareByKysely(kysely: Kysely<Tables>, engine: Engine): Database['prepare'] {
  return <Row>(_name: string, query: CompiledQuery<Row>): FindRow<Row> => {
    return async (key) => {
      const parameters = [engine === 'postgres' ? [key] : key];
      return (await kysely.executeQuery<Row>({ ...query, parameters })).rows[0];
    };
  };
}
