import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { BaseContext } from '../../src/kernel/context.ts';
import type { SessionId } from '../../src/kernel/ids.ts';
import { FollowerRegistry } from '../../src/log/followers/follower-registry.ts';
import { insertSessions } from '../support/entities.ts';
import { makeDatabase } from '../support/stores.ts';

const most = 10;

test('transactions that wait for a lock leave look-ups, the log and the probes alone, and are told in time', async (t) => {
  const { store, url } = await makeDatabase('postgres', (undo) => t.after(undo));
  const { account, sessions } = await insertSessions(store, 1);
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  t.after(() => other.end());
  await other.query('begin');
  await other.query('select from accounts for update');
  const began = performance.now();
  const waiting = Array.from({ length: 50 }, () => store.transaction((tx) => tx.accounts.lock(account.id)));
  const outcomes = Promise.allSettled(waiting);
  assert.ok(await store.read.sessions.find(sessions[0]!.id));
  await store.read.log.state();
  await store.read.services.list();
  await store.ping();
  await store.tryToWrite();
  assert.ok(performance.now() - began < 1500, 'nothing waited');
  for (const outcome of await outcomes) {
    assert.equal(outcome.status, 'rejected');
    assert.match(
      String(outcome.reason.details.cause.message),
      /holds a lock|lock is held|free in time. Those/,
    );
  }
  assert.ok(performance.now() - began < 6000);
  const { rows } = await other.query(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  assert.ok(rows[0].n <= most, `${rows[0].n}`);
  await other.query('rollback');
  assert.deepEqual(await store.transaction((tx) => tx.accounts.lock(account.id)), account);
});

test('a store that is closed while it begins to listen leaves no connection open', async (t) => {
  const { url } = await makeDatabase('postgres', (undo) => t.after(undo));
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  t.after(() => other.end());
  for (let i = 0; i < 40; i++) {
    const store = await openStore(url);
    store.onAppend(() => {});
    await sleep(i / 2);
    await store.close();
  }
  const left = `select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query like 'listen latchkey%'`;
  const count = async () => (await other.query(left)).rows[0].n;
  for (let i = 0; i < 40 && (await count()) > 0; i++) await sleep(50);
  assert.equal(await count(), 0);
});

test('a look-up that PostgreSQL ends because of a deadlock is an outage', async (t) => {
  const { store, url } = await makeDatabase('postgres', (undo) => t.after(undo));
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  t.after(() => other.end());
  // As `pg_restore --clean` holds one table while it drops the next.
  await other.query('begin; lock table accounts in access exclusive mode');
  const found = store.read.sessions.find('AAAAAAAAAAAAAAAAAAAAAA' as SessionId);
  const refused = assert.rejects(found, { code: 'UNAVAILABLE' });
  await sleep(300);
  // The look-up has begun with the sessions, and has waited for longer.
  await other.query('lock table sessions in access exclusive mode');
  await refused;
  await other.query('rollback');
});

test('a reader of the log is served while no write comes through', async (t) => {
  const { store, url } = await makeDatabase('postgres', (undo) => t.after(undo));
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  t.after(() => other.end());
  await other.query('begin');
  await other.query('lock table followers in exclusive mode');
  const ctx = { ...store, ids: { unique: () => 'a' }, logger: { warn() {} } } as unknown as BaseContext;
  const log = { position: 0, log: 'log', asked: 0, check: () => store.read.log.state() };
  const followers = new FollowerRegistry(ctx, log);
  const began = performance.now();
  const leave = await followers.open('orders', { id: 'one', staleness: 10_000, after: 0 });
  assert.ok(performance.now() - began < 1800);
  leave();
  await other.query('rollback');
  await followers.close();
});

test('with one connection everything works, and the operator is told what it costs', async (t) => {
  const { url } = await makeDatabase('postgres', (undo) => t.after(undo));
  const store = await openStore(`${url}?connection_limit=1`);
  t.after(() => store.close());
  const { sessions } = await insertSessions(store, 1);
  const found = await Promise.all(
    Array.from({ length: 20 }, () => store.read.sessions.find(sessions[0]!.id)),
  );
  assert.ok(found.every(Boolean));
  assert.match(
    (await store.cautions()).join(),
    /^connection_limit=1 in LATCHKEY_DATABASE_URL: .* From 5 on /,
  );
});

test('a server with room for one process alone is told to the operator', async (t) => {
  const { url, store } = await makeDatabase('postgres', (undo) => t.after(undo));
  assert.deepEqual(await store.cautions(), []);
  const raw = new pg.Client({ connectionString: url });
  await raw.connect();
  t.after(() => raw.end());
  const name = new URL(url).pathname.slice(1);
  await raw.query(`alter database ${name} connection limit 21`);
  assert.match(
    (await store.cautions()).join(),
    /^There is room for 21 connections, by CONNECTION LIMIT of the database, and each process of Latchkey uses up to 11: /,
  );
  await raw.query(`alter database ${name} connection limit 22`);
  assert.deepEqual(await store.cautions(), []);
});
