import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenStore, openStore } from '../../src/adapters/store/open-store.ts';
import { openSqliteStore } from '../../src/adapters/store/sqlite/sqlite-store.ts';
import { insertAccount, newAccount } from '../support/entities.ts';

describe('a SQLite file', () => {
  let folder: string;
  let file: string;
  let store: OpenStore;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
    file = join(folder, 'made', 'latchkey.db');
    store = await openStore(`sqlite:${file}`);
    await store.migrate();
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  test('is nobody else’s to read', () => {
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.equal(statSync(`${file}-wal`).mode & 0o077, 0);
  });

  test('that cannot be opened is refused in one sentence', async () => {
    const noDatabase = join(folder, 'text.db');
    writeFileSync(noDatabase, 'this is no database, and long enough to be seen as none'.repeat(100));
    mkdirSync(join(folder, 'folder.db'));
    for (const path of [
      noDatabase,
      join(folder, 'folder.db'),
      join(noDatabase, 'below.db'),
      '/proc/latchkey.db',
    ]) {
      await assert.rejects(openStore(`sqlite:${path}`), (error: Error) => {
        assert.equal(error.name, 'StoreError', path);
        assert.match(error.message, /^The database .+ cannot be opened: [^\n]+\.$/);
        return true;
      });
    }
    await assert.rejects(
      openStore('mysql://x:secret@y/z'),
      (error: Error) => !error.message.includes('secret'),
    );
  });

  test('with tables of other programs: nothing of them is touched, and only the list of migrations is left', async () => {
    const path = join(folder, 'shared.db');
    const other = new DatabaseSync(path);
    other.exec("create table sessions (sid text); insert into sessions values ('theirs')");
    const shared = await openStore(`sqlite:${path}`);
    await assert.rejects(shared.migrate(), {
      name: 'StoreError',
      message: /shared\.db cannot be migrated: table sessions already exists\. .* a file of its own\.$/,
    });
    await shared.close();
    const tables = other.prepare("select name from sqlite_schema where type = 'table'").all();
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['sessions', 'latchkey_migration', 'latchkey_migration_lock'],
    );
    other.close();
  });

  test('that another process holds: writes wait without blocking the loop, reads go on', async () => {
    const account = newAccount();
    using other = new DatabaseSync(file);
    other.exec('begin immediate');
    const inserting = insertAccount(store, account);
    let longest = 0;
    for (let last = performance.now(), i = 0; i < 20; i++) {
      await sleep(10);
      await store.read.accounts.find(account.id);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    assert.ok(longest < 100, `the loop was blocked for ${longest} ms`);
    other.exec('commit');
    assert.equal(await inserting, true);
    assert.deepEqual(await store.read.accounts.find(account.id), account);
  });

  test('that another process holds for too long is UNAVAILABLE, for all who wait at once', async () => {
    const impatient = await openSqliteStore({ file, lockTimeout: 400 });
    using other = new DatabaseSync(file);
    other.exec('begin immediate');
    const began = performance.now();
    const waiting = [1, 2, 3].map(() => insertAccount(impatient, newAccount()));
    for (const each of waiting) await assert.rejects(each, { name: 'AppError', code: 'UNAVAILABLE' });
    const waited = performance.now() - began;
    assert.ok(waited > 390 && waited < 1000, `${waited} ms`);
    other.exec('rollback');
    assert.equal(await insertAccount(impatient, newAccount()), true);
    await impatient.close();
  });
});
