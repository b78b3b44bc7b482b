import { setImmediate as turn } from 'node:timers/promises';
import type { CompiledQuery, Kysely } from 'kysely';
import type { Database, Tables } from './database.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** Rows for each statement. Both databases take this many parameters, and few statements have to be kept. */
const sizes = [100, 10, 1] as const;

/** An insert of rows, with its `on conflict` and `returning`. */
type Insert<Answer> = (
  kysely: Kysely<Tables>,
  rows: readonly never[],
) => { compile(): CompiledQuery<Answer> };

/**
 * Inserts any number of rows and returns what the statements return. All rows have the same columns in the same order.
 * Between two statements everything but other writers of an SQLite file has its turn. Each is compiled once in a process, because compiling takes longer than running.
 */
export function createInserter<Answer>(insert: Insert<Answer>) {
  const compiled = new Map<string, CompiledQuery<Answer>>();

  function compile({ kysely, engine }: Database, rows: readonly Row[]): CompiledQuery<Answer> {
    const key = `${engine} ${rows.length}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const query = insert(kysely, rows as never[]).compile();
    compiled.set(key, query);
    return query;
  }

  return async (database: Database, rows: readonly Row[]): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let from = 0; from < rows.length; ) {
      const part = rows.slice(from, from + sizes.find((size) => size <= rows.length - from)!);
      const parameters = part.flatMap((row) => Object.values(row));
      const result = await database.kysely.executeQuery<Answer>({ ...compile(database, part), parameters });
      answers.push(...result.rows);
      from += part.length;
      if (from < rows.length) await turn();
    }
    return answers;
  };
}
