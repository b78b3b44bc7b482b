import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { createVerifier } from '@latchkey/verify';
import { createApp } from '../../src/app/create-app.ts';
import { openContext } from '../../src/app/open-context.ts';
import { loadConfig } from '../../src/config/config.ts';
import { addService } from '../../src/log/services/add-service.ts';
import { type Person, signIn, signUp, statusOf, tokenOf } from '../e2e/support/people.ts';
import { freePort } from '../e2e/support/server-process.ts';
import { createClient } from '../support/client.ts';

/** A service in a folder that can be stopped, given another database, and started again. */
async function begin(t: TestContext) {
  const cwd = mkdtempSync(join(tmpdir(), 'latchkey-restore-'));
  const PORT = await freePort();
  const env = {
    HOST: '127.0.0.1',
    PORT,
    LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${PORT}`,
    LATCHKEY_LOG_LEVEL: 'silent',
    LATCHKEY_HASH_THREADS: '1',
  };
  const client = createClient(Number(PORT));
  let stop = async () => {};
  const start = async () => {
    const hashParameters = { memory: 64, passes: 1, parallelism: 1 };
    const app = await createApp(loadConfig(env, { cwd }), { hashParameters });
    await app.listen();
    stop = () => app.close();
    return app;
  };
  t.after(async () => {
    client.close();
    await stop();
    rmSync(cwd, { recursive: true, force: true });
  });
  const folder = join(cwd, 'data');
  return { client, start, stop: () => stop(), folder, issuer: env.LATCHKEY_PUBLIC_URL };
}

const signOut = (client: ReturnType<typeof createClient>, { credential }: Person) =>
  client.call({ method: 'POST', path: '/api/v1/signout', headers: { 'x-session-id': credential } });

it('a session that was closed after the backup stays closed when it is restored', async (t) => {
  const { client, start, stop, folder, issuer } = await begin(t);
  let app = await start();
  const { key: serviceKey } = await addService(app.context, { name: 'orders' });
  const person = await signUp(client);
  const other = await signIn(client, person);
  await stop();
  copyFileSync(join(folder, 'latchkey.db'), join(folder, 'backup'));
  app = await start();
  const before = (await app.context.read.log.state()).log;
  const ends: string[] = [];
  const verifier = createVerifier({
    issuer,
    serviceKey,
    onSessionEnd: ({ sessionId }) => void ends.push(sessionId),
  });
  t.after(() => verifier.close());
  await verifier.ready();
  const token = await tokenOf(client, person);
  await signOut(client, person);
  const { head } = await app.context.read.log.state();
  await stop();
  assert.equal(await app.context.read.log.state().catch(() => undefined), undefined);

  rmSync(join(folder, 'latchkey.db-wal'), { force: true });
  rmSync(join(folder, 'latchkey.db-shm'), { force: true });
  copyFileSync(join(folder, 'backup'), join(folder, 'latchkey.db'));
  app = await start();
  const state = await app.context.read.log.state();
  assert.notEqual(state.log, before);
  assert.ok(state.head > head + 1000, 'no position is given twice');
  assert.deepEqual([await statusOf(client, person), await statusOf(client, other)], [440, 440]);
  assert.equal(
    (await app.context.read.sessions.find(other.sessionId as never))?.session.closeReason,
    'restored',
  );
  await until(() => verifier.status().position >= state.head && verifier.status().connected);
  await assert.rejects(verifier.authenticate(token, person.credential), { reason: 'revoked' });
  assert.deepEqual(ends.sort(), [person.sessionId, other.sessionId].sort());
  // And everybody goes on.
  const again = await signIn(client, person);
  assert.equal(
    (await verifier.authenticate(await tokenOf(client, again), again.credential)).sessionId,
    again.sessionId,
  );
});

it('a start finishes the closing that another process did not', async (t) => {
  const { client, start, stop } = await begin(t);
  let app = await start();
  const person = await signUp(client);
  const { head, log } = await app.context.read.log.state();
  await stop();
  const stopped = await openContext(app.config);
  await stopped.context.transaction((tx) => tx.log.restart(head + 1000, [log], 1));
  await stopped.close();
  app = await start();
  assert.equal(await statusOf(client, person), 440);
  assert.deepEqual(await app.context.read.log.lastRestart(), { time: 1, closed: 1, closing: false });
  assert.notEqual((await app.context.read.log.state()).log, log);
});

it('a database that never knew the remembered log is a restored one', async (t) => {
  const { client, start, stop, folder } = await begin(t);
  await start();
  const person = await signUp(client);
  await stop();
  writeFileSync(join(folder, 'log.json'), JSON.stringify({ log: 'a later one', head: 5_000_000 }));
  const app = await start();
  assert.equal(await statusOf(client, person), 440);
  const { log, head } = await app.context.read.log.state();
  assert.ok(head > 6_000_000);
  await stop();
  // Whoever knew either of the two finds its successor.
  writeFileSync(join(folder, 'log.json'), JSON.stringify({ log: 'a later one', head: 5_000_001 }));
  await start();
  const again = await signIn(client, person);
  await stop();
  const last = await start();
  assert.equal(await statusOf(client, again), 200);
  assert.equal((await last.context.read.log.state()).log, log);
});

it('a start after a stop or a crash notices nothing, and signs nobody out', async (t) => {
  const { client, start, stop, folder } = await begin(t);
  const { log } = await (await start()).context.read.log.state();
  const person = await signUp(client);
  await signOut(client, await signIn(client, person));
  await stop();
  cpSync(join(folder, 'log.json'), join(folder, 'older'));
  await start();
  await signOut(client, await signIn(client, person));
  await stop();
  // What is remembered may be from before a crash.
  cpSync(join(folder, 'older'), join(folder, 'log.json'));
  const app = await start();
  assert.equal(await statusOf(client, person), 200);
  assert.equal((await app.context.read.log.state()).log, log);
});

async function until(met: () => boolean): Promise<void> {
  const deadline = performance.now() + 8000;
  while (!met()) {
    assert.ok(performance.now() < deadline, `never came true: ${met}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
