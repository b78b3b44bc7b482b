import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { makeDatabase } from '../support/stores.ts';
import { openRaw } from './support/database.ts';
import { closeSession, signIn, signUp, statusOf, tokenOf } from './support/people.ts';
import { freePort, newFolder, runVerb, type ServerProcess, startServer } from './support/server-process.ts';

/** Within which every verifier refuses a closed session. Milliseconds. */
const bound = 1000;
const rounds = 10;

it('two servers on one PostgreSQL database are one service', async (t) => {
  const { url: LATCHKEY_DATABASE_URL } = await makeDatabase('postgres', (undo) => t.after(undo));
  const ports = [await freePort(), await freePort()];
  const issuer = `http://127.0.0.1:${ports[0]}`;
  const settingsOf = (PORT: string) => {
    const folder = newFolder();
    t.after(() => folder.remove());
    return {
      PORT,
      LATCHKEY_DATABASE_URL,
      LATCHKEY_DATA_DIR: folder.path,
      LATCHKEY_PUBLIC_URL: issuer,
      LATCHKEY_MASTER_KEY: '00112233445566778899aabbccddeeff'.repeat(2),
    };
  };
  // Both at once, on an empty database: one makes tables and keys, the other takes them over.
  const servers = await Promise.all(ports.map((port) => startServer(settingsOf(port))));
  t.after(() => Promise.all(servers.map((server) => server.end('SIGKILL'))));
  const { key } = await runVerb(['services', 'add', 'two'], settingsOf('0'));
  const verifiers = servers.map((_, i) => followerOf(issuer, ports[i]!, String(key)));
  t.after(() => verifiers.map((verifier) => verifier.close()));
  await Promise.all(verifiers.map((verifier) => verifier.ready()));

  const delays: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [here, there] = [servers[round % 2]!.client, servers[(round + 1) % 2]!.client];
    const laptop = await signUp(here);
    const phone = await signIn(there, laptop);
    const token = await tokenOf(here, laptop);
    const accepted = verifiers.map((verifier) => verifier.authenticate(token, laptop.credential));
    for (const each of await Promise.all(accepted)) assert.equal(each.sessionId, laptop.sessionId);
    await closeSession(there, laptop, phone);
    const closed = performance.now();
    assert.equal(await statusOf(here, laptop), 440);
    const refusals = verifiers.map((verifier) => untilRefused(verifier, token, laptop.credential));
    await Promise.all(refusals);
    delays.push(performance.now() - closed);
  }
  const slowest = Math.max(...delays);
  t.diagnostic(`refused by both verifiers after ${slowest.toFixed(0)} ms at the most`);
  assert.ok(slowest < bound, `${slowest} ms`);
  const heads = verifiers.map((verifier) => verifier.status().position);
  assert.deepEqual(heads, [rounds, rounds]);
  await assertStopped(servers);
});

it('two servers on one PostgreSQL database end an idle session once', async (t) => {
  const { url: LATCHKEY_DATABASE_URL } = await makeDatabase('postgres', (undo) => t.after(undo));
  const folder = newFolder();
  t.after(() => folder.remove());
  const settings = {
    LATCHKEY_DATABASE_URL,
    LATCHKEY_DATA_DIR: folder.path,
    LATCHKEY_MASTER_KEY: '00112233445566778899aabbccddeeff'.repeat(2),
    LATCHKEY_SESSION_IDLE: '2s',
  };
  const servers = await Promise.all(
    [await freePort(), await freePort()].map((PORT) => startServer({ ...settings, PORT })),
  );
  t.after(() => Promise.all(servers.map((server) => server.end('SIGKILL'))));
  const people = await Promise.all([1, 2, 3, 4].map((n) => signUp(servers[n % 2]!.client)));
  const database = await openRaw(LATCHKEY_DATABASE_URL);
  const open = async () =>
    Number((await database.rows('select count(*) as n from sessions where close_time is null'))[0]?.n);
  const deadline = performance.now() + 15_000;
  while ((await open()) > 0 && performance.now() < deadline) await sleep(100);
  await sleep(500);
  const entries = await database.rows('select subject, reason from log_entries order by subject');
  await database.close();
  const expected = people.map(({ sessionId }) => ({ subject: sessionId, reason: 'expired' }));
  const bySubject = (a: { subject: string }, b: { subject: string }) => (a.subject < b.subject ? -1 : 1);
  assert.deepEqual(entries.map(({ ...row }) => row as never).sort(bySubject), expected.sort(bySubject));
  await assertStopped(servers);
});

it('a session that the command line closes is refused while the server runs, on SQLite', async (t) => {
  const folder = newFolder();
  t.after(() => folder.remove());
  const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: folder.path };
  const server = await startServer(settings);
  t.after(() => server.end('SIGKILL'));
  const { key } = await runVerb(['services', 'add', 'orders'], settings);
  const verifier = createVerifier({ issuer: server.url, serviceKey: String(key) });
  t.after(() => verifier.close());
  await verifier.ready();
  const person = await signUp(server.client);
  const token = await tokenOf(server.client, person);
  await verifier.authenticate(token, person.credential);
  const closed = await runVerb(['sessions', 'close', person.sessionId], settings);
  const begin = performance.now();
  assert.deepEqual([closed.id, closed.active], [person.sessionId, false]);
  assert.equal(await statusOf(server.client, person), 440);
  await untilRefused(verifier, token, person.credential);
  const delay = performance.now() - begin;
  t.diagnostic(`refused by the verifier ${delay.toFixed(0)} ms after the command had ended`);
  assert.ok(delay < bound, `${delay} ms`);
  await assertStopped([server]);
});

/** A verifier that asks the server on this port, as a load balancer might send it there. */
function followerOf(issuer: string, port: string, serviceKey: string): Verifier {
  return createVerifier({
    issuer,
    serviceKey,
    onStale: 'reject',
    fetch: (url, init) => {
      const there = new URL(url instanceof Request ? url.url : url);
      there.port = port;
      return fetch(there, init);
    },
  });
}

async function untilRefused(verifier: Verifier, token: string, credential: string): Promise<void> {
  const deadline = performance.now() + 5 * bound;
  while (performance.now() < deadline) {
    const refused = await verifier.authenticate(token, credential).then(
      () => undefined,
      (error: { readonly code: string; readonly reason: string }) => error,
    );
    if (refused !== undefined) {
      assert.deepEqual([refused.code, refused.reason], ['INVALID_CREDENTIALS', 'revoked']);
      return;
    }
    await sleep(1);
  }
  assert.fail('the verifier never refused');
}

async function assertStopped(servers: readonly ServerProcess[]): Promise<void> {
  for (const server of servers) {
    assert.deepEqual(await server.end('SIGTERM'), { code: 0, signal: null });
    assert.equal(server.stderr(), '');
  }
}
