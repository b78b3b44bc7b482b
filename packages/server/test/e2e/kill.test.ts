import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { type Engine, makeDatabase } from '../support/stores.ts';
import { type History, loadUntilGone } from './support/crash-load.ts';
import { faultsOf, openRaw } from './support/database.ts';
import {
  freePort,
  newFolder,
  runVerb,
  type ServerProcess,
  startProcess,
  startServer,
} from './support/server-process.ts';

const rounds = Number(process.env.LATCHKEY_TEST_ROUNDS ?? 30);
const workers = 16;

/** The kills are at random moments; this many requests in flight are expected at one. */
const inFlight = workers / 2;

describe('a server that is killed while it writes', { concurrency: true }, () => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    it(`loses nothing that it acknowledged, on ${engine}`, (t) => survive(engine, (undo) => t.after(undo)));
  }

  it('starts again when its first start was cut short', async (t) => {
    for (let round = 0; round < Math.max(2, rounds / 10); round += 1) {
      const folder = newFolder();
      t.after(() => folder.remove());
      const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: folder.path };
      for (const moment of [randomInt(400), randomInt(800)]) {
        const cut = startProcess(['serve'], settings);
        await sleep(moment);
        cut.child.kill('SIGKILL');
        await cut.exited;
      }
      const server = await startServer(settings);
      assert.deepEqual(await server.end('SIGTERM'), { code: 0, signal: null });
    }
  });
});

async function survive(engine: Engine, undo: (cleanUp: () => Promise<void>) => void): Promise<void> {
  const folder = newFolder();
  undo(async () => folder.remove());
  const database =
    engine === 'sqlite'
      ? `sqlite:${join(folder.path, 'latchkey.db')}`
      : (await makeDatabase(engine, undo)).url;
  const settings = {
    PORT: await freePort(),
    LATCHKEY_DATA_DIR: folder.path,
    LATCHKEY_DATABASE_URL: database,
    LATCHKEY_TRUSTED_PROXIES: '127.0.0.1',
    LATCHKEY_LOG_LEVEL: 'warn',
    LATCHKEY_HASH_THREADS: '2',
  };
  const { key } = await runVerb(['services', 'add', 'kill-test'], settings);
  const serviceKey = String(key);
  const all: History = { accounts: [], sessions: [], unanswered: 0 };
  let verifier: Verifier | undefined;
  let server = await startServer(settings, { entry: 'cheap' });
  try {
    verifier = createVerifier({ issuer: server.url, serviceKey, onStale: 'reject' });
    for (let round = 0; round < rounds; round += 1) {
      const loading = loadUntilGone(server.client, workers);
      await sleep(randomInt(20, 300));
      await server.end('SIGKILL');
      const history = await loading;
      all.accounts.push(...history.accounts);
      all.sessions.push(...history.sessions);
      all.unanswered += history.unanswered;
      server = await startServer(settings, { entry: 'cheap' });
      await check(server, database, history, serviceKey, `round ${round}`);
    }
    await check(server, database, all, serviceKey, 'the end', verifier);
    assert.ok(all.unanswered >= rounds * inFlight, `${all.unanswered} requests were in flight at the kills`);
    assert.equal(server.stderr(), '');
  } finally {
    verifier?.close();
    await server.end('SIGKILL');
  }
}

async function check(
  { client, url }: ServerProcess,
  databaseUrl: string,
  { accounts, sessions }: History,
  serviceKey: string,
  when: string,
  follower?: Verifier,
): Promise<void> {
  const database = await openRaw(databaseUrl);
  const head = Number((await database.rows('select head from revocation_log'))[0]?.head);
  assert.deepEqual(await faultsOf(database), [], when);
  if (databaseUrl.startsWith('sqlite:')) {
    assert.deepEqual(
      (await database.rows('pragma integrity_check')).map(({ ...row }) => row),
      [{ integrity_check: 'ok' }],
    );
  }
  const rows = await database.rows('select login from accounts');
  await database.close();
  const logins = new Set(rows.map(({ login }) => login));
  for (const { login } of accounts) assert.ok(logins.has(login), `${when}: the account ${login} is lost`);

  const fresh = createVerifier({ issuer: url, serviceKey, onStale: 'reject' });
  try {
    await fresh.ready();
    const verifiers = follower === undefined ? [fresh] : [fresh, follower];
    for (const each of verifiers) await caughtUp(each, head);
    await Promise.all(
      sessions.map(async ({ credential, token, closing }) => {
        const headers = { 'x-session-id': credential };
        const { status } = await client.call({ method: 'GET', path: '/api/v1/sessions/current', headers });
        const expected = { none: [200], asked: [200, 440], acknowledged: [440] }[closing];
        assert.ok(
          expected.includes(status),
          `${when}: ${status} for a session whose closing was: ${closing}`,
        );
        for (const each of token === undefined ? [] : verifiers) {
          const said = await each.authenticate(token, credential).then(
            () => 200,
            ({ reason }) => (reason === 'revoked' ? 440 : reason),
          );
          assert.equal(said, status, `${when}: the verifier about a session whose closing was: ${closing}`);
        }
      }),
    );
  } finally {
    fresh.close();
  }
}

/** Waits until the verifier follows the new server and has read all of the log. */
async function caughtUp(verifier: Verifier, head: number): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const { connected, position } = verifier.status();
    if (connected && position >= head) return;
    assert.ok(performance.now() < deadline, 'the verifier does not follow the server that was started again');
    await sleep(5);
  }
}
