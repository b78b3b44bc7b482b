import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { rethrow } from './errors.ts';

const maxStatements = 250;

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** One connection to the file, with the statements that it has prepared. */
export interface SqliteConnection extends DatabaseConnection {
  readonly database: DatabaseSync;
  /** Prepares a statement, which the caller keeps. */
  prepare(sql: string): StatementSync;
  /** Runs statements without parameters. */
  exec(sql: string): void;
}

export interface ConnectionOptions {
  readonly readOnly: boolean;
  /** How long a statement waits while another process has locked the file, and blocks the event loop. Milliseconds. */
  readonly busyTimeout: number;
}

/** Opens the file. Throws what SQLite throws. */
export function openConnection(file: string, options: ConnectionOptions): SqliteConnection {
  const database = new DatabaseSync(file, {
    readOnly: options.readOnly,
    timeout: options.busyTimeout,
    enableForeignKeyConstraints: true,
    allowUnknownNamedParameters: false,
  });
  const statements = new Map<string, Prepared>();

  function prepareOnce(sql: string): Prepared {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    const made = { statement, returnsRows: statement.columns().length > 0 };
    // Each length of a list is a statement of its own, so their number is limited: the oldest go.
    if (statements.size >= maxStatements) statements.delete(statements.keys().next().value!);
    statements.set(sql, made);
    return made;
  }

  return {
    database,
    prepare: (sql) => database.prepare(sql),
    exec: (sql) => database.exec(sql),

    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      try {
        const { statement, returnsRows } = prepareOnce(sql);
        if (returnsRows) return { rows: statement.all(...(parameters as SQLInputValue[])) as Row[] };
        const { changes } = statement.run(...(parameters as SQLInputValue[]));
        return { numAffectedRows: BigInt(changes), rows: [] };
      } catch (error) {
        rethrow(error);
      }
    },

    async *streamQuery() {
      yield Promise.reject(new TypeError('streams are not used'));
    },
  };
}
