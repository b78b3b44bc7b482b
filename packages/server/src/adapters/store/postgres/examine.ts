import type pg from 'pg';
import { StoreError } from '../store-error.ts';
import { grantCreate } from './explain.ts';
import { isDirect } from './session.ts';

/** The oldest server that has all that the statements use: 13 has `gen_random_uuid` by itself. */
const oldest = 13;

interface Found {
  readonly version: number;
  readonly encoding: string;
  readonly readonly: 'on' | 'off';
  readonly role: string;
  readonly schema: string | null;
}

/**
 * Throws StoreError when the server, or how its database was set up, cannot be used: one that is too old, a database that
 * is not UTF-8 or read-only, a search_path that leads nowhere, a pooler without transactions. `schema` is the one that
 * the URL names.
 */
export async function examineServer(pool: pg.Pool, schema: string | undefined): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<Found>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
        current_setting('transaction_read_only') as readonly, current_user as role, current_schema() as schema`,
    );
    const { version, encoding, readonly, role, schema: found } = rows[0]!;
    const major = Math.floor(version / 10_000);
    if (major < oldest) refuse(`The server is PostgreSQL ${major}: Latchkey needs ${oldest} or newer.`);
    if (encoding !== 'UTF8') {
      refuse(
        `The database has the encoding ${encoding}, which cannot hold every text: create one by CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.`,
      );
    }
    if (readonly === 'on') {
      refuse(
        `The database is read-only, because default_transaction_read_only is on: hosters set it when the disk is full; if it is nobody's wish, ALTER ROLE "${role}" RESET default_transaction_read_only.`,
      );
    }
    if (schema === undefined ? found === null : found !== schema)
      refuse(whatAboutSchema(schema, role, isDirect(client)));
    // Fails where a pooler has no transactions.
    if (!isDirect(client)) for (const statement of ['begin', 'rollback']) await client.query(statement);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Throws StoreError when the role may not create the tables, which are not there yet. */
export async function examineRights(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ schema: string; may: boolean }>(
    "select current_schema() as schema, has_schema_privilege(current_schema(), 'create') as may",
  );
  const { schema, may } = rows[0]!;
  if (!may) refuse(`This role may not create tables in the schema "${schema}". ${grantCreate}`);
}

interface Room {
  readonly connections: number;
  readonly limited: string;
}

/**
 * Why a second process, as at an upgrade, would not get its connections, in a sentence; undefined when it would, or a
 * pooler stands before the server. A process uses `total` connections and one that listens.
 */
export async function whyTooFew(pool: pg.Pool, total: number): Promise<string | undefined> {
  const client = await pool.connect();
  try {
    if (!isDirect(client)) return undefined;
    const { rows } = await client.query<Room>(
      `select connections, limited from (values
          (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
            'max_connections of the PostgreSQL server'),
          ((select datconnlimit from pg_database where datname = current_database()), 'CONNECTION LIMIT of the database'),
          ((select rolconnlimit from pg_roles where rolname = current_user), 'CONNECTION LIMIT of the role')
        ) as rooms (connections, limited) where connections >= 0 order by connections limit 1`,
    );
    const { connections, limited } = rows[0]!;
    const each = total + 1;
    if (connections >= 2 * each) return undefined;
    return `There is room for ${connections} connections, by ${limited}, and each process of Latchkey uses up to ${each}: at an upgrade two of them run. Raise it, put a pooler in front, or set connection_limit in LATCHKEY_DATABASE_URL.`;
  } finally {
    client.release();
  }
}

function whatAboutSchema(schema: string | undefined, role: string, direct: boolean): string {
  if (schema === undefined)
    return `The search_path of the role names no schema that exists: CREATE SCHEMA latchkey AUTHORIZATION "${role}", and schema=latchkey in the URL.`;
  return direct
    ? `There is no schema "${schema}", which the URL names, or this role may not use it: CREATE SCHEMA "${schema}" AUTHORIZATION "${role}".`
    : `A pooler cannot keep the schema that the URL names: ALTER ROLE "${role}" SET search_path = "${schema}", and let the pooler connect anew.`;
}

function refuse(sentence: string): never {
  throw new StoreError(sentence);
}
