import assert from 'node:assert/strict';
import { request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier } from '@latchkey/verify';
import { createClient } from '../support/client.ts';
import { password, signUp, statusOf } from './support/people.ts';
import { freePort, newFolder, runVerb, startServer } from './support/server-process.ts';

const signIns = 16;

it('a server that is told to stop finishes the requests in flight, writes what waits, and exits with 0', async (t) => {
  const folder = newFolder();
  t.after(() => folder.remove());
  const PORT = await freePort();
  const settings = {
    PORT,
    LATCHKEY_DATA_DIR: folder.path,
    LATCHKEY_HASH_THREADS: '1',
    // A tenth of it lies between two uses that are written, and between two writings.
    LATCHKEY_SESSION_IDLE: '20s',
  };
  const { key } = await runVerb(['services', 'add', 'stop-test'], settings);
  const server = await startServer(settings);
  // Closing has to end this stream by itself.
  const verifier = createVerifier({ issuer: server.url, serviceKey: String(key) });
  t.after(() => verifier.close());
  await verifier.ready();
  const person = await signUp(server.client);

  // Now the next use is one to be written, and waits for that.
  await sleep(2100);
  assert.equal(await statusOf(server.client, person), 200);
  const used = Date.now();

  // One hasher thread: these take turns, and most still wait for theirs when the signal comes.
  const clients = Array.from({ length: signIns }, () => createClient(Number(PORT)));
  const json = { username: person.login, password };
  const answers = clients.map((client) => client.call({ method: 'POST', path: '/auth/login', json }));
  const busy = await Promise.race([Promise.any(answers), sleep(10_000)]);
  assert.ok(busy, 'no sign-in was answered');
  // And one whose body is still on its way.
  const slow = beginSignIn(Number(PORT), JSON.stringify(json));
  await sleep(50);
  const begin = performance.now();
  const ended = server.end('SIGTERM');
  await sleep(100);
  slow.finish();
  assert.notEqual(await readiness(Number(PORT)), 200, 'it still says that it is ready');

  const statuses = [...(await Promise.all(answers)).map(({ status }) => status), await slow.status];
  // A slow machine may shed a sign-in that has waited too long; none is cut off.
  assert.deepEqual(
    statuses.filter((status) => status !== 200 && status !== 503),
    [],
  );
  const opened = statuses.filter((status) => status === 200).length;
  assert.ok(opened > signIns / 2, `${opened} of ${statuses.length} signed in`);
  assert.deepEqual(await ended, { code: 0, signal: null });
  t.diagnostic(`ended ${(performance.now() - begin).toFixed(0)} ms after SIGTERM`);
  const database = new DatabaseSync(join(folder.path, 'latchkey.db'), { readOnly: true });
  const sessions = database.prepare('select id, request_time from sessions').all();
  database.close();
  assert.equal(sessions.length, 1 + opened);
  const written = sessions.find(({ id }) => id === person.sessionId)?.request_time;
  assert.ok(Number(written) > used - 1000, 'the last use of the session was not written');
  for (const client of clients) client.close();
  assert.equal(server.stderr(), '');
});

/** Sends the head and half of the body of a sign-in; `finish` sends the rest. */
function beginSignIn(port: number, body: string) {
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
  const outgoing = request({ host: '127.0.0.1', port, method: 'POST', path: '/auth/login', headers });
  const status = new Promise<number>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
  });
  outgoing.write(body.slice(0, 10));
  return { status, finish: () => outgoing.end(body.slice(10)) };
}

/** The status of /health/ready on a new connection; 0 when none is taken. */
async function readiness(port: number): Promise<number> {
  const client = createClient(port);
  try {
    return (await client.call({ method: 'GET', path: '/health/ready' })).status;
  } catch {
    return 0;
  } finally {
    client.close();
  }
}
