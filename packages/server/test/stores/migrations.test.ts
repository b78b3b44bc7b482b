import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Migration } from 'kysely/migration';
import pg from 'pg';
import { mailboxes } from '../../src/adapters/store/migrations/0009-mailboxes.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { inParallel, insertAccount, newAccount } from '../support/entities.ts';
import { forEachStore, type TestDatabase } from '../support/stores.ts';

async function execute({ engine, url }: TestDatabase, statement: string): Promise<void> {
  if (engine === 'sqlite') {
    using file = new DatabaseSync(url.slice('sqlite:'.length));
    file.exec(statement);
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** What a migration executes. */
async function statementsOf(migration: Migration): Promise<string[]> {
  const statements: string[] = [];
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (of) => new SqliteIntrospector(of),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    log({ query }) {
      statements.push(query.sql);
    },
  });
  await migration.up(db);
  return statements;
}

forEachStore('migrations', (makeDatabase) => {
  test('migrating again changes nothing', async () => {
    const { store } = await makeDatabase();
    const account = newAccount();
    await insertAccount(store, account);
    await store.migrate();
    assert.deepEqual(await store.read.accounts.find(account.id), account);
  });

  test('codes that were mailed by the version with one for each purpose stay good', async () => {
    const database = await makeDatabase();
    const { engine, store } = database;
    const integer = engine === 'sqlite' ? 'integer' : 'bigint';
    const before = [
      'drop table mailboxes',
      'drop index email_settings_proven',
      'drop table codes',
      `create table codes (account_id ${integer} not null, purpose text not null, hash text not null,
        subject text not null, expire_time ${integer} not null, failures integer not null,
        life ${integer} not null default 86400000, primary key (account_id, purpose))`,
      'create index codes_by_expiry on codes (expire_time)',
      "insert into codes values (7, 'recover', 'hash', 'ann@example.com', 1000, 4, 500)",
    ];
    for (const statement of [...before, ...(await statementsOf(mailboxes(engine)))]) {
      await execute(database, statement);
    }
    const accountId = '7' as AccountId;
    const code = { accountId, purpose: 'recover', hash: 'hash', subject: 'ann@example.com' } as const;
    const times = { expireTime: 1000, life: 500 };
    assert.deepEqual(await store.read.codes.find(accountId, 'recover', 'hash'), { ...code, ...times });
    await store.transaction((tx) => tx.codes.put({ ...code, ...times, hash: 'other' }, 40));
    assert.equal(await store.read.codes.isCode(accountId, 'hash'), true);
  });

  test('several processes that migrate a new database at once all succeed', async () => {
    const database = await makeDatabase({ empty: true });
    const stores = await inParallel(4, () => database.open());
    await Promise.all(stores.map((store) => store.migrate()));
    for (const store of stores) {
      const { log, ...state } = await store.read.log.state();
      assert.deepEqual(state, { head: 0, pruned: 0, asked: 0 });
      assert.match(log, /^[0-9a-f]{32}$/);
    }
  });

  test('the database of a newer version is refused and left as it is', async () => {
    const database = await makeDatabase();
    await execute(database, "insert into latchkey_migration values ('9999-future', '2099-01-01')");
    const newer = { name: 'StoreError', message: /newer version of Latchkey \(it has 9999-future\)/ };
    await assert.rejects(openStore(database.url), newer);
    await assert.rejects(database.store.migrate(), newer);
    await execute(database, "delete from latchkey_migration where name = '9999-future'");
    await database.open();
  });

  test('opening what must exist creates no tables, and names the place without a password', async () => {
    const database = await makeDatabase({ empty: true });
    const open = () => openStore(database.url, { mustExist: true });
    await assert.rejects(open(), (error: Error) => {
      assert.equal(error.name, 'MissingDatabaseError');
      assert.match(
        error.message,
        /^There is no database of Latchkey at \S+, which LATCHKEY_DATABASE_URL names\./,
      );
      assert.ok(!error.message.includes('@'), error.message);
      return true;
    });
    // Fails where they were created.
    await execute(database, 'create table latchkey_migration (name text primary key, timestamp text)');
    await assert.rejects(open(), { name: 'MissingDatabaseError' });
    await execute(database, 'drop table latchkey_migration');
    const store = await database.open();
    await store.migrate();
    await (await open()).close();
    await execute(database, 'delete from latchkey_migration');
    await assert.rejects(open(), { name: 'MissingDatabaseError' });
  });

  test('the database of a version before the first release is refused and left as it is', async () => {
    const database = await makeDatabase({ empty: true });
    await execute(database, 'create table latchkey_migration (name text primary key, timestamp text)');
    await execute(database, "insert into latchkey_migration values ('0001-foundation', '2026-01-01')");
    await execute(database, 'create table accounts (id integer primary key)');
    const older = {
      name: 'StoreError',
      message:
        /before its first release.* start with a new database, .*`latchkey accounts export --with-hashes`/,
    };
    await assert.rejects(openStore(database.url), older);
    await assert.rejects(database.store.migrate(), older);
    await execute(database, 'create table sessions (id text)');
    await execute(database, 'insert into accounts (id) values (1)');
  });
});
