import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { startCluster } from '../../../../scripts/postgres.ts';
import { closeSession, signIn, signUp, statusOf } from '../e2e/support/people.ts';
import { newFolder, runVerb, type ServerProcess } from '../e2e/support/server-process.ts';
import { makeDatabase } from '../support/stores.ts';
import { full } from './support/full.ts';
import { assertGoesOn, assertNoticed, bound, install, until } from './support/restored.ts';
import { startProxy } from './support/tcp-proxy.ts';

const run = promisify(execFile);

/** A database, and a dump of it once `backUp` was called. */
async function place(t: TestContext) {
  const { url } = await makeDatabase('postgres', (undo) => t.after(undo));
  const folder = newFolder();
  t.after(() => folder.remove());
  const dump = join(folder.path, 'dump');
  return { url, dump, backUp: async () => void (await run('pg_dump', ['-Fc', '-f', dump, url])) };
}

/** Runs one statement on the database, or on another one of its server. */
async function administer(url: string, statement: string, database?: string): Promise<pg.QueryResult> {
  const at = new URL(url);
  if (database !== undefined) at.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);

const ways: Readonly<Record<string, (url: string, dump: string) => Promise<void>>> = {
  'by pg_restore --clean, table by table': async (url, dump) => {
    await run('pg_restore', ['--clean', '--if-exists', '-d', url, dump]);
  },
  'by pg_restore --clean in one transaction': async (url, dump) => {
    await run('pg_restore', ['--clean', '--if-exists', '-1', '-d', url, dump]);
  },
  'into a database that was dropped and made anew': async (url, dump) => {
    await administer(url, `drop database ${nameOf(url)} with (force)`, 'postgres');
    await administer(url, `create database ${nameOf(url)} template template0`, 'postgres');
    await run('pg_restore', ['-d', url, dump]);
  },
  'as data only, into tables that were emptied': async (url, dump) => {
    const { rows } = await administer(url, "select tablename from pg_tables where schemaname = 'public'");
    await administer(url, `truncate ${rows.map(({ tablename }) => tablename).join(', ')} cascade`);
    await run('pg_restore', ['--data-only', '--disable-triggers', '-d', url, dump]);
  },
};
const short = ['by pg_restore --clean, table by table'];

describe('a dump of PostgreSQL, under two running servers', () => {
  for (const [way, restore] of Object.entries(ways)) {
    if (!full && !short.includes(way)) continue;
    it(way, { timeout: 60_000 }, async (t) => {
      const { url, dump, backUp } = await place(t);
      const installation = await install(t, url, 2, backUp);
      const time = await assertNoticed(t, installation, () => restore(url, dump));
      t.diagnostic(`accepted for ${time.toFixed(0)} ms`);
    });
  }
});

it('a log that lost its last entry and has another one in its place is another log', async (t) => {
  const { url, backUp } = await place(t);
  const installation = await install(t, url, 2, backUp);
  await assertNoticed(t, installation, async () => {
    await administer(
      url,
      `begin;
       update sessions set close_time = null, close_reason = null where id = '${installation.people.closed.sessionId}';
       update log_entries set subject = 'AAAAAAAAAAAAAAAAAAAAAA' where seq = (select head from log_head);
       commit`,
    );
  });
});

it('a standby that is behind is refused and closes nothing; once it is the primary, it is a restored backup', {
  timeout: 90_000,
}, async (t) => {
  const primary = await startCluster();
  t.after(() => primary.remove());
  const database = await primary.createDatabase('restored');
  const proxy = await startProxy(Number(new URL(database).port));
  t.after(() => proxy.close());
  let standby: Awaited<ReturnType<typeof startCluster>> | undefined;
  t.after(() => standby?.remove());
  const through = Object.assign(new URL(database), { port: String(proxy.port) }).href;
  const installation = await install(t, through, 2, async () => {
    standby = await startCluster({ copyOf: primary.url });
  });
  const { servers, people, verifier } = installation;

  const other = Number(new URL(standby!.url).port);
  proxy.lead(other);
  for (const { client } of servers) {
    await until('nothing is served', async () => (await statusOf(client, people.open)) === 503, bound);
  }
  for (let i = 0; i < 100; i += 1) {
    for (const { client } of servers) assert.equal(await statusOf(client, people.closed), 503);
    await sleep(20);
  }
  proxy.lead(Number(new URL(database).port));
  for (const { client } of servers) {
    await until('it goes on', async () => (await statusOf(client, people.open)) === 200);
    assert.equal(await statusOf(client, people.closed), 440);
  }
  for (const server of servers) assert.doesNotMatch(server.stdout(), /a backup was restored/);
  await assertGoesOn(servers, verifier, people.open);

  await primary.kill('SIGQUIT');
  proxy.lead(other);
  await administer(standby!.url, 'select pg_promote()');
  await until('everybody is signed out', () => allSignedOut(servers, [people.open, people.closed]));
  await assertGoesOn(servers, verifier, people.open);
});

it('load, restarts and pruning sign nobody out', { timeout: 60_000 }, async (t) => {
  const { url, backUp } = await place(t);
  const { servers, settings, people, verifier } = await install(t, url, 2, backUp);
  const stop = performance.now() + (full ? 20_000 : 2000);
  const load = servers.flatMap(({ client }) =>
    [1, 2, 3, 4].map(async () => {
      const person = await signUp(client);
      while (performance.now() < stop) {
        const other = await signIn(client, person);
        await closeSession(client, other, person);
        assert.equal(await statusOf(client, person), 200);
      }
    }),
  );
  // As if all entries had expired.
  const forgetting = (async () => {
    while (performance.now() < stop) {
      await administer(
        url,
        `begin; select from log_head for update; delete from log_entries;
         update log_head set pruned = head; commit`,
      );
      await sleep(100);
    }
  })();
  await Promise.all([...load, forgetting]);
  await runVerb(['keys', 'rotate'], settings);
  for (const server of servers) {
    assert.doesNotMatch(server.stdout(), /a backup was restored|does not go on/);
    assert.equal(await statusOf(server.client, people.open), 200);
  }
  await assertGoesOn(servers, verifier, people.open);
});

async function allSignedOut(
  servers: readonly ServerProcess[],
  people: readonly Parameters<typeof statusOf>[1][],
): Promise<boolean> {
  for (const { client } of servers)
    for (const who of people) if ((await statusOf(client, who)) !== 440) return false;
  return true;
}
