import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier } from '@latchkey/verify';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { Client } from '../support/client.ts';
import { type Person, signUp, statusOf, tokenOf } from './support/people.ts';
import { freePort, newFolder, runVerb, startProcess, startServer } from './support/server-process.ts';

/** Within which a revoked key is refused everywhere. Milliseconds. */
const bound = 1000;

interface Key {
  readonly kid: string;
  readonly state: string;
}

async function begin(t: TestContext) {
  const folder = newFolder();
  t.after(() => folder.remove());
  const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: folder.path };
  const { key } = await runVerb(['services', 'add', 'orders'], settings);
  const start = async () => {
    const server = await startServer(settings, { entry: 'cheap' });
    t.after(() => server.end('SIGKILL'));
    return server;
  };
  const current = async () => {
    const { data } = (await runVerb(['keys', 'list'], settings)) as { data: Key[] };
    return data.find(({ state }) => state === 'current')!.kid;
  };
  /** What the command line does first, when it ends before the second step. */
  const logAlone = async (kid: string) => {
    const store = await openStore(`sqlite:${folder.path}/latchkey.db`);
    const at = Math.floor(Date.now() / 1000);
    const entry = { subject: { key: kid }, action: 'reject', reason: 'key-revoked' } as const;
    await store.transaction((tx) => tx.log.append([entry], at, at + 420));
    await store.close();
  };
  return { settings, serviceKey: String(key), start, current, logAlone };
}

async function authenticates(client: Client, person: Person, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'x-session-id': person.credential };
  return (await client.call({ method: 'POST', path: '/auth/authenticate', headers })).status;
}

async function publishedKeys(client: Client): Promise<string[]> {
  const { json } = await client.call({ method: 'GET', path: '/.well-known/jwks.json' });
  return (json.keys as Key[]).map(({ kid }) => kid);
}

/** Milliseconds until it is so. */
async function until(met: () => Promise<boolean>): Promise<number> {
  const since = performance.now();
  while (!(await met())) {
    assert.ok(performance.now() - since < 5 * bound, `never came true: ${met}`);
    await sleep(2);
  }
  return performance.now() - since;
}

it('a revoked key is refused by verifiers and servers within a second, and nobody is signed out', async (t) => {
  const { settings, serviceKey, start, current } = await begin(t);
  const server = await start();
  const verifier = createVerifier({ issuer: server.url, serviceKey });
  t.after(() => verifier.close());
  await verifier.ready();
  const person = await signUp(server.client);
  const token = await tokenOf(server.client, person);
  await verifier.authenticate(token, person.credential);
  const kid = await current();

  await runVerb(['keys', 'revoke', kid], settings);
  const isRefused = () =>
    verifier.authenticate(token, person.credential).then(
      () => false,
      ({ reason }) => reason === 'key-revoked',
    );
  const byVerifier = await until(isRefused);
  const byServer = await until(async () => (await authenticates(server.client, person, token)) === 401);
  t.diagnostic(
    `refused by the verifier after ${byVerifier.toFixed(0)} ms, by the server by ${byServer.toFixed(0)} ms later`,
  );
  assert.ok(byVerifier + byServer < bound);
  assert.ok(!(await publishedKeys(server.client)).includes(kid));

  assert.equal(await statusOf(server.client, person), 200);
  const fresh = await tokenOf(server.client, person);
  assert.equal((await verifier.authenticate(fresh, person.credential)).sessionId, person.sessionId);
  assert.notEqual(await current(), kid);
  const again = startProcess(['keys', 'revoke', kid], settings);
  assert.equal((await again.exited).code, 3);
});

it('a revocation that was cut short in its middle is completed by the server that runs', async (t) => {
  const { start, current, logAlone } = await begin(t);
  const server = await start();
  const person = await signUp(server.client);
  const token = await tokenOf(server.client, person);
  const kid = await current();
  await logAlone(kid);
  const took = await until(async () => (await authenticates(server.client, person, token)) === 401);
  assert.ok(took < bound, `${took} ms`);
  await until(async () => !(await publishedKeys(server.client)).includes(kid));
  assert.notEqual(await current(), kid);
});

it('and by the next that starts', async (t) => {
  const { start, current, logAlone } = await begin(t);
  const first = await start();
  const person = await signUp(first.client);
  const token = await tokenOf(first.client, person);
  await first.end('SIGKILL');
  const kid = await current();
  await logAlone(kid);
  const { client } = await start();
  assert.equal(await authenticates(client, person, token), 401);
  assert.ok(!(await publishedKeys(client)).includes(kid));
  assert.equal(await statusOf(client, person), 200);
});
