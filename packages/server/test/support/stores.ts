import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import pg from 'pg';
import { type OpenStore, openStore } from '../../src/adapters/store/open-store.ts';

export type Engine = 'sqlite' | 'postgres';

/** A database of its own, with its tables, that is removed when the suite ends. */
export interface TestDatabase {
  readonly engine: Engine;
  readonly url: string;
  readonly store: OpenStore;
  /** One more store on the same database, as another process would open it. Closed when the suite ends. */
  open(): Promise<OpenStore>;
}

/** Makes a new database, with its tables unless it is to be `empty`. */
export type MakeDatabase = (options?: { readonly empty?: boolean }) => Promise<TestDatabase>;

/** Defines the suite once for each store. A store that is missing fails it. */
export function forEachStore(
  name: string,
  suite: (makeDatabase: MakeDatabase, engine: Engine) => void,
): void {
  for (const engine of ['sqlite', 'postgres'] as const) {
    describe(`${name} on ${engine}`, () => {
      const cleanUps: (() => Promise<void>)[] = [];
      after(async () => {
        for (const cleanUp of cleanUps.toReversed()) await cleanUp();
      });
      const undo = (cleanUp: () => Promise<void>) => {
        cleanUps.push(cleanUp);
      };
      suite((options) => makeDatabase(engine, undo, options), engine);
    });
  }
}

/** Makes a new database, with its tables unless it is to be empty; `undo` is told what removes it. */
export async function makeDatabase(
  engine: Engine,
  undo: (cleanUp: () => Promise<void>) => void,
  { empty = false }: { readonly empty?: boolean } = {},
): Promise<TestDatabase> {
  const url = engine === 'sqlite' ? makeFile(undo) : await makePostgres(undo, empty);
  const open = async () => {
    const store = await openStore(url);
    undo(() => store.close());
    return store;
  };
  const store = await open();
  if (!empty) await store.migrate();
  return { engine, url, store, open };
}

function makeFile(undo: (cleanUp: () => Promise<void>) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
  undo(async () => rmSync(folder, { recursive: true, force: true }));
  return `sqlite:${join(folder, 'latchkey.db')}`;
}

let template: Promise<string> | undefined;
after(async () => {
  if (template !== undefined) await drop(await template);
});

/** Cloned from a database that was migrated once in this process: a clone is quicker than a migration. */
async function makePostgres(undo: (cleanUp: () => Promise<void>) => void, empty: boolean): Promise<string> {
  if (!empty) template ??= makeTemplate();
  const name = newName();
  await administer(`create database ${name} template ${empty ? 'template0' : await template}`);
  undo(() => drop(name));
  return urlOf(name);
}

async function makeTemplate(): Promise<string> {
  const name = newName();
  await administer(`create database ${name} template template0`);
  const store = await openStore(urlOf(name));
  await store.migrate();
  await store.close();
  return name;
}

/** A server that is thrown away after the tests keeps its databases: dropping one waits for a checkpoint. */
async function drop(name: string): Promise<void> {
  if (process.env.LATCHKEY_TEST_POSTGRES_THROWAWAY === undefined)
    await administer(`drop database ${name} with (force)`);
}

function newName(): string {
  return `latchkey_test_${randomBytes(8).toString('hex')}`;
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

function serverUrl(): string {
  const url = process.env.LATCHKEY_TEST_POSTGRES_URL;
  if (!url)
    throw new Error(
      'Run the tests by `npm test`, which finds or makes PostgreSQL, or set LATCHKEY_TEST_POSTGRES_URL.',
    );
  return url;
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
