import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import pg from 'pg';
import { type Engine, makeDatabase } from '../../test/support/stores.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { newInstallation } from './testing.ts';

const engines: readonly Engine[] = ['sqlite', 'postgres'];
const person = 'accounts create --login ada --name Ada --password-stdin';
const password = 'seventeen copper kettles';

/** The URL of an empty database that nobody is connected to. */
async function newUrl(t: TestContext, engine: Engine): Promise<string> {
  const { url, store } = await makeDatabase(engine, (undo) => t.after(undo), { empty: true });
  await store.close();
  return url;
}

async function execute(url: string, statement: string): Promise<void> {
  if (url.startsWith('sqlite:')) {
    using file = new DatabaseSync(url.slice('sqlite:'.length));
    file.exec(statement);
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** An installation with one account. */
async function begin(t: TestContext, engine: Engine = 'sqlite') {
  const url = await newUrl(t, engine);
  const installation = newInstallation({ LATCHKEY_DATABASE_URL: url });
  assert.equal((await installation.run(person, password)).exitCode, 0);
  return { ...installation, url };
}

for (const engine of engines) {
  describe(`copy to ${engine}`, () => {
    it('says what it copied and what must stay, in words and as JSON', async (t) => {
      const { run, dataDir } = await begin(t);
      const [one, other] = [await newUrl(t, engine), await newUrl(t, engine)];
      const told = await run(`copy --to ${one}`);
      assert.deepEqual([told.exitCode, told.stderr], [exitCodes.done, '']);
      assert.match(told.stdout, /^Copied \d+ rows of \d+ tables; all were read back and are the same\.\n/);
      assert.ok(told.stdout.includes(`Keep ${join(dataDir, 'keys.json')}`));
      const { exitCode, stdout } = await run('copy --to - --json', `${other}\n`);
      const { tables, ...rest } = JSON.parse(stdout) as { tables: Record<string, number>; rows: number };
      assert.equal(exitCode, exitCodes.done);
      assert.deepEqual([tables.accounts, tables.passwords, tables.sessions], [1, 1, 0]);
      assert.deepEqual(rest, {
        from: 'sqlite',
        to: engine,
        rows: Object.values(tables).reduce((sum, rows) => sum + rows),
        keys: 'data_folder',
        data_dir: dataDir,
      });
      const moved = newInstallation({ LATCHKEY_DATABASE_URL: other, LATCHKEY_DATA_DIR: dataDir });
      assert.match((await moved.run('accounts list')).stdout, /ada/);
    });

    it('refuses a target that holds anything, and leaves it as it is', async (t) => {
      const { run, dataDir } = await begin(t);
      const url = await newUrl(t, engine);
      const there = newInstallation({ LATCHKEY_DATABASE_URL: url });
      assert.equal((await there.run('services add orders')).exitCode, 0);
      const refused = await run(`copy --to ${url}`);
      assert.equal(refused.exitCode, exitCodes.refused);
      assert.equal(
        refused.stderr,
        'STORE: The target (--to) cannot be copied to. It is not empty: there are rows in services. Name an empty database.\n',
      );
      assert.equal((await there.run('accounts list')).stdout, '');
      assert.match((await there.run('services list')).stdout, /orders/);
      // What was copied is not copied over again: it may have gone on since.
      const empty = await newUrl(t, engine);
      assert.equal((await run(`copy --to ${empty}`)).exitCode, exitCodes.done);
      const again = await run(`copy --to ${empty}`);
      assert.equal(again.exitCode, exitCodes.refused);
      assert.match(again.stderr, /It is the same database as the source, or was copied from it before\./);
      assert.ok(existsSync(dataDir));
    });

    it('takes a target whose tables are there and empty', async (t) => {
      const { run } = await begin(t);
      const url = await newUrl(t, engine);
      const there = newInstallation({ LATCHKEY_DATABASE_URL: url });
      assert.equal((await there.run('migrate')).exitCode, 0);
      assert.equal((await run(`copy --to ${url}`)).exitCode, exitCodes.done);
      assert.match((await there.run('accounts list')).stdout, /ada/);
    });

    it('refuses while somebody is connected to the source or the target', async (t) => {
      const { run, url } = await begin(t, engine);
      const target = await newUrl(t, engine);
      const { openStore } = await import('../adapters/store/open-store.ts');
      for (const [place, busy] of [
        ['source', url],
        ['target', target],
      ] as const) {
        const store = await openStore(busy);
        if (place === 'target') await store.migrate();
        // A server that has stopped reading still has its connections.
        await store.ping();
        const { exitCode, stderr } = await run(`copy --to ${target}`);
        await store.close();
        assert.equal(exitCode, exitCodes.refused, stderr);
        assert.match(
          stderr,
          new RegExp(`^STORE: The ${place} \\(.*(uses|are connected to) the database .*Stop `),
        );
      }
      const { stderr, exitCode } = await run(`copy --to ${target}`);
      assert.equal(exitCode, exitCodes.done, stderr);
    });

    it('refuses tables of another version, of either database', async (t) => {
      const { run, url } = await begin(t, engine);
      const [target, other] = [await newUrl(t, engine), await newUrl(t, engine)];
      const future = "insert into latchkey_migration values ('9999-future', '2099-01-01')";
      const there = newInstallation({ LATCHKEY_DATABASE_URL: target });
      await there.run('migrate');
      await execute(target, future);
      const newer = await run(`copy --to ${target}`);
      assert.equal(newer.exitCode, exitCodes.refused);
      assert.match(newer.stderr, /^STORE: The target \(--to\): The database belongs to a newer version/);
      await execute(url, future);
      const newerSource = await run(`copy --to ${other}`);
      assert.match(
        newerSource.stderr,
        /^STORE: The source \(LATCHKEY_DATABASE_URL\): The database belongs to a newer/,
      );
      await execute(url, "delete from latchkey_migration where name > '0001-z'");
      const older = await run(`copy --to ${other}`);
      assert.equal(older.exitCode, exitCodes.refused);
      assert.match(older.stderr, /belongs to an older version of Latchkey: .*latchkey migrate/);
    });

    it('refuses rows that break a reference, because somebody changed them by hand, and copies nothing', async (t) => {
      const { run, url } = await begin(t);
      const target = await newUrl(t, engine);
      await execute(url, 'pragma foreign_keys = off; update passwords set account_id = 7');
      const refused = await run(`copy --to ${target}`);
      assert.equal(refused.exitCode, exitCodes.refused);
      assert.match(
        refused.stderr,
        /^STORE: The target \(--to\): It refuses rows of passwords: .*foreign key/i,
      );
      await execute(
        url,
        'pragma foreign_keys = off; update passwords set account_id = (select id from accounts)',
      );
      await execute(url, "update accounts set theme = 'a' || char(0)");
      const odd = await run(`copy --to ${target}`);
      assert.equal(odd.exitCode, exitCodes.refused);
      assert.match(odd.stderr, /cannot be copied: accounts\.theme, in the row whose id is \d+\.$/m);
      await execute(url, "update accounts set theme = ''");
      assert.equal((await run(`copy --to ${target}`)).exitCode, exitCodes.done);
    });
  });
}

describe('copy', () => {
  it('says what is wrong with its target, and never shows its password', async (t) => {
    const { run, url } = await begin(t);
    const folder = join(newInstallation().dataDir, 'x');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'file'), 'not a database, but a text that is long enough to be looked at');
    for (const [to, code, words] of [
      ['', exitCodes.usage, /^USAGE: /],
      ['--to', exitCodes.usage, /^USAGE: --to needs a value/],
      ['--to mysql://u:hunter2@h/d', exitCodes.usage, /^USAGE: --to must be sqlite:<path> or postgres:/],
      [
        '--to postgres://u:hunter2/3@h/d',
        exitCodes.refused,
        /^STORE: The target \(--to\): .*special character/,
      ],
      [
        '--to postgres://u:hunter2@127.0.0.1:1/d',
        exitCodes.unavailable,
        /^STORE: The target .*Nothing listens there/,
      ],
      [
        `--to sqlite:${join(folder, 'file', 'x.db')}`,
        exitCodes.refused,
        /^STORE: The target .* cannot be opened/,
      ],
      [`--to sqlite:${join(folder, 'file')}`, exitCodes.refused, /^STORE: The target .*not a database/],
      [`--to ${url}`, exitCodes.refused, /^STORE: .*the same file/],
    ] as const) {
      for (const json of ['', ' --json']) {
        const { exitCode, stdout, stderr } = await run(`copy ${to}${json}`);
        assert.deepEqual([exitCode, stdout], [code, ''], `${to}: ${stderr}`);
        assert.ok(!stderr.includes('hunter2'), stderr);
        if (json === '') assert.match(stderr, words);
        else assert.ok(JSON.parse(stderr).error.message);
      }
    }
    const piped = await run('copy --to -', 'postgres://u:hunter2@127.0.0.1:1/d\n');
    assert.equal(piped.exitCode, exitCodes.unavailable);
    assert.ok(!piped.stderr.includes('hunter2'));
  });

  it('says that there is nothing to copy', async () => {
    const { run, dataDir } = newInstallation();
    const { exitCode, stderr } = await run(`copy --to sqlite:${dataDir}.db`);
    assert.equal(exitCode, exitCodes.refused);
    assert.match(stderr, /^STORE: There is no database of Latchkey at /);
    assert.ok(!existsSync(dataDir) && !existsSync(`${dataDir}.db`));
  });
});
