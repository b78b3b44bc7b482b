import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type OpenStore, openStore } from '../../src/adapters/store/open-store.ts';
import { insertAccount, insertSessions, newAccount } from '../support/entities.ts';
import { makeDatabase } from '../support/stores.ts';

const secret = 'hunter2';

/** PostgreSQL as hosters and other administrators set it up: a role that owns nothing, and one that owns the database. */
describe('a PostgreSQL database that somebody else has set up', () => {
  const undo: (() => Promise<unknown>)[] = [];
  const role = `latchkey_role_${randomBytes(6).toString('hex')}`;
  let server: pg.Client;
  let superUrl: string;

  before(async () => {
    superUrl = process.env.LATCHKEY_TEST_POSTGRES_URL!;
    server = new pg.Client(superUrl);
    await server.connect();
    await server.query(`create role ${role} login password '${secret}'`);
  });
  after(async () => {
    for (const step of undo.toReversed()) await step();
    await server.query(`drop role ${role}`);
    await server.end();
  });

  /** An empty database: its URL for the role, and what runs as its owner. */
  async function newDatabase(definition = '') {
    let url: string;
    if (definition === '') {
      ({ url } = await makeDatabase('postgres', (step) => undo.push(step), { empty: true }));
    } else {
      const name = `latchkey_test_${randomBytes(6).toString('hex')}`;
      await server.query(`create database ${name} template template0 ${definition}`);
      if (process.env.LATCHKEY_TEST_POSTGRES_THROWAWAY === undefined)
        undo.push(() => server.query(`drop database ${name} with (force)`));
      url = Object.assign(new URL(superUrl), { pathname: `/${name}` }).href;
    }
    const owner = new pg.Client(url);
    await owner.connect();
    undo.push(async () => {
      await owner.query(`drop owned by ${role}`);
      await owner.end();
    });
    const roleUrl = Object.assign(new URL(url), { username: role, password: secret }).href;
    const name = new URL(url).pathname.slice(1);
    return { url, roleUrl, name, run: (sql: string) => owner.query(sql) };
  }

  async function open(url: string, options = {}): Promise<OpenStore> {
    const store = await openStore(url, options);
    undo.push(() => store.close());
    return store;
  }

  /** The store error with which the work fails. */
  async function refusal(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => assert.fail('it was not refused'),
      (thrown: Error) => thrown,
    );
    assert.equal(error.name, 'StoreError', String(error.stack));
    assert.ok(!error.message.includes(secret), error.message);
    return error.message;
  }

  test('without the right to create tables: what to grant, and a schema of its own works', async () => {
    const { roleUrl, run } = await newDatabase();
    assert.match(
      await refusal(openStore(roleUrl, { mustExist: true })),
      /may not create tables in the schema "public"\. As the owner of the database: GRANT USAGE, CREATE/,
    );
    const store = await open(roleUrl);
    assert.match(
      await refusal(store.migrate()),
      /permission denied for schema public \(42501\)\. As the owner of the database: GRANT USAGE, CREATE ON SCHEMA/,
    );
    assert.match(
      await refusal(openStore(`${roleUrl}?schema=own`)),
      /There is no schema "own".*CREATE SCHEMA "own"/,
    );
    for (const schema of ['own', 'second']) {
      await run(`create schema ${schema} authorization ${role}`);
      const there = await open(`${roleUrl}?schema=${schema}`);
      await there.migrate();
      await insertAccount(there, newAccount());
      await open(`${roleUrl}?schema=${schema}`, { mustExist: true });
      const { rows } = await run(`select count(*)::int as n from ${schema}.accounts`);
      assert.deepEqual(rows, [{ n: 1 }]);
    }
    await run(`grant create on schema public to ${role}`);
    await store.migrate();
    await insertAccount(store, newAccount());
  });

  test('with tables of other programs: nothing of them is touched, and nothing of ours is left', async () => {
    const { url, run } = await newDatabase();
    await run("create table sessions (sid text primary key); insert into sessions values ('theirs')");
    const store = await open(url);
    assert.match(
      await refusal(store.migrate()),
      /"sessions" already exists .*a database of its own, or a schema/,
    );
    const { rows } = await run("select tablename from pg_tables where schemaname = 'public' order by 1");
    assert.deepEqual(rows, [{ tablename: 'sessions' }]);
  });

  test('with a role that may only use the tables', async () => {
    const { url, roleUrl, run } = await newDatabase();
    await (await open(url)).migrate();
    assert.match(
      await refusal(openStore(roleUrl)),
      /\(42501\)\. As the owner of the tables: GRANT SELECT, INSERT/,
    );
    await run(`grant select, insert, update, delete on all tables in schema public to ${role}`);
    const store = await open(roleUrl);
    await store.migrate();
    assert.ok(await insertAccount(store, newAccount()));
    await run(`revoke insert on accounts from ${role}`);
    await assert.rejects(insertAccount(store, newAccount()), (error: Error) => {
      assert.match(String(error.cause), /permission denied for table accounts \(42501\)/);
      return 'code' in error && error.code === 'UNAVAILABLE';
    });
  });

  test('with row security, which hides rows from all but the owner', async () => {
    const { url, roleUrl, run } = await newDatabase();
    await (await open(url)).migrate();
    await run(`grant select, insert, update, delete on all tables in schema public to ${role}`);
    await run('alter table log_head enable row level security');
    const store = await open(roleUrl);
    await assert.rejects(store.ping(), (error: Error) => {
      assert.match(String(error.cause), /row-level security .*DISABLE ROW LEVEL SECURITY/);
      return 'code' in error && error.code === 'UNAVAILABLE';
    });
  });

  test('whose tables were restored in part, or are no longer found', async () => {
    const { url, run, name } = await newDatabase();
    const store = await open(url);
    await store.migrate();
    await run('drop table log_head');
    await assert.rejects(store.ping(), (error: Error) => {
      assert.match(String(error.cause), /\(42P01\)\. The tables are not those of Latchkey, or not all/);
      return 'code' in error && error.code === 'UNAVAILABLE';
    });
    await run(`alter database ${name} set search_path = nowhere`);
    assert.match(await refusal(openStore(url)), /search_path of the role names no schema that exists/);
  });

  test('that cannot hold every text, or cannot be written', async () => {
    for (const encoding of ['SQL_ASCII', 'LATIN1']) {
      const { url } = await newDatabase(`encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`);
      assert.match(await refusal(openStore(url)), new RegExp(`encoding ${encoding}, .*ENCODING 'UTF8'`));
    }
    const { url, run, name } = await newDatabase();
    await run(`alter database ${name} set default_transaction_read_only = on`);
    assert.match(await refusal(openStore(url)), /read-only, because default_transaction_read_only is on/);
  });

  test('that is not there, or lets nobody in', async () => {
    const { roleUrl } = await newDatabase();
    const change = (to: Partial<URL>) => Object.assign(new URL(roleUrl), to).href;
    assert.match(await refusal(openStore(change({ password: `${secret}x` }))), /\(28P01\)\. Check the user/);
    assert.match(await refusal(openStore(change({ pathname: '/nothing' }))), /\(3D000\)\. Create it/);
    await server.query(`alter role ${role} connection limit 0`);
    assert.match(await refusal(openStore(roleUrl)), /\(53300\)\. Raise max_connections/);
    await server.query(`alter role ${role} connection limit -1`);
    await server.query(`alter role ${role} password 'p#a?s@s%w:d'`);
    const { host, pathname } = new URL(roleUrl);
    await open(`postgres://${role}:p#a?s@s%w:d@${host}${pathname}`);
    await server.query(`alter role ${role} password '${secret}'`);
  });

  test('whose settings are otherwise than by default', async () => {
    const { url, run, name } = await newDatabase();
    const maker = await open(url);
    await maker.migrate();
    await maker.close();
    for (const setting of [
      "datestyle = 'SQL, DMY'",
      "timezone = 'Asia/Kathmandu'",
      'bytea_output = escape',
      'extra_float_digits = -10',
      'standard_conforming_strings = off',
      'default_transaction_isolation = serializable',
      'statement_timeout = 0',
      'synchronous_commit = off',
      'lock_timeout = 1',
      'idle_session_timeout = 100',
    ])
      await run(`alter database ${name} set ${setting}`);
    const store = await open(url);
    const account = { ...newAccount(), name: '50% \\ of_all!' };
    await insertAccount(store, account);
    await run('begin');
    await run(`select * from accounts where id = ${account.id} for update`);
    const locked = store.transaction(async (tx) => {
      await setTimeout(300);
      return tx.accounts.lock(account.id);
    });
    await setTimeout(600);
    await run('commit');
    assert.equal((await locked)?.id, account.id);
    await setTimeout(250);
    const { rows } = await run(`select count(*)::int as kept from pg_stat_activity
      where datname = current_database() and application_name = 'latchkey'
        and backend_start > (select backend_start from pg_stat_activity where pid = pg_backend_pid())`);
    assert.ok(rows[0].kept > 0, 'no idle connection was left');
    const page = { skip: 0, take: 5, total: false };
    for (const search of ['50%', '\\', 'f_a', 'l!']) {
      const { data } = await store.read.accounts.list({ search }, page);
      assert.deepEqual(
        data.map(({ id }) => id),
        [account.id],
        search,
      );
    }
    assert.deepEqual((await store.read.accounts.list({ search: '50\\' }, page)).data, []);
  });

  test('that a newer version changes while this one runs', async () => {
    const { url, run } = await newDatabase();
    const store = await open(url);
    await store.migrate();
    const { sessions } = await insertSessions(store, 1);
    const { id } = sessions[0]!;
    const find = () => Promise.all([1, 2, 3, 4].map(() => store.read.sessions.find(id)));
    await find();
    await run('alter table sessions alter column client type varchar(4000)');
    for (const found of await find()) assert.equal(found?.session.id, id);
    for (const found of await find()) assert.equal(found?.session.id, id);
  });
});
