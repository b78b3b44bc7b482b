import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import pg from 'pg';
import { openStore } from '../../src/adapters/store/open-store.ts';
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

forEachStore('migrations', (makeDatabase) => {
  test('migrating again changes nothing', async () => {
    const { store } = await makeDatabase();
    const account = newAccount();
    await insertAccount(store, account);
    await store.migrate();
    assert.deepEqual(await store.read.accounts.find(account.id), account);
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
