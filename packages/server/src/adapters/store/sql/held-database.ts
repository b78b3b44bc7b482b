import type { RawBuilder } from 'kysely';
import type { Engine } from './database.ts';

/** A table of Latchkey, with the columns that are stored; those that the database computes are left out. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Whether the migrations put a row into it, which tells of nobody. */
  readonly seeded: boolean;
}

export interface Column {
  readonly name: string;
  readonly type: 'integer' | 'real' | 'text';
}

/** A stored row, by the names of its columns. */
export type Row = Readonly<Record<string, string | number | null>>;

/** What a database is held for. */
export type Role = 'source' | 'target';

/** A database that nobody else changes until the work on it ends. All that is done here is one transaction. */
export interface HeldDatabase {
  readonly engine: Engine;
  run<Answer>(statement: RawBuilder<Answer>): Promise<readonly Answer[]>;
  /** Adds rows. They have the columns of the table, in its order. */
  insert(table: Table, rows: readonly Row[]): Promise<void>;
  /** Every row of the table, a few at a time, in any order. */
  rows(table: Table): AsyncIterable<readonly Row[]>;
  /** Brings the tables to this version. */
  migrate(): Promise<void>;
  /** Keeps others from writing to the tables, which are there. Throws UNAVAILABLE when somebody holds one for long. */
  lock(tables: readonly Table[]): Promise<void>;
  /** Call it when all rows are there: queries are planned by how many there are. */
  analyze(tables: readonly Table[]): Promise<void>;
}

/** Rows that are read, and written, at once. */
export const batch = 100;
