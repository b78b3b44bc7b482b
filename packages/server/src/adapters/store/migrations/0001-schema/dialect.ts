import type { Engine } from '../../sql/database.ts';

/** What the two databases spell differently. */
export interface Dialect {
  /** In SQLite only `integer primary key` is the row's own number. */
  readonly integer: string;
  readonly real: string;
  /** Keeps the rows of a table in the order of a key that is not a number. */
  readonly clustered: string;
  /** The part of `role` before its colon; SQLite computes it at each read, PostgreSQL 17 has only stored columns. */
  readonly siteOfRole: string;
  /** 32 random hex digits. */
  readonly randomHex: string;
}

const sqlite: Dialect = {
  integer: 'integer',
  real: 'real',
  clustered: 'without rowid',
  siteOfRole: "(case when instr(role, ':') > 0 then substr(role, 1, instr(role, ':') - 1) end) virtual",
  randomHex: 'lower(hex(randomblob(16)))',
};

const postgres: Dialect = {
  integer: 'bigint',
  real: 'double precision',
  clustered: '',
  siteOfRole: "(case when strpos(role, ':') > 0 then split_part(role, ':', 1) end) stored",
  randomHex: "replace(gen_random_uuid()::text, '-', '')",
};

/** The spellings of one database. */
export function dialectOf(engine: Engine): Dialect {
  return engine === 'sqlite' ? sqlite : postgres;
}
