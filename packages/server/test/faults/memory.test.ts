import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCredentialSigner } from '../../src/adapters/crypto/credentials.ts';
import type { SessionId } from '../../src/kernel/ids.ts';
import type { Client } from '../support/client.ts';
import { full } from './support/full.ts';
import { type Person, type Session, signUp } from './support/people.ts';
import { prepareRun, type Run } from './support/run.ts';

/** With this much for objects and texts the server must do, whatever it is sent. MiB. */
const heap = 320;
const newId = () => randomBytes(16).toString('base64url');

it('sessions that hold the most that they may', async (t) => {
  const { run, client } = await start(t);
  const { session } = await signUpWithMost(client);
  const credentials = copySessions(run, session.id, full ? 20_000 : 600);
  await inParallel(credentials, 8, async (credential) => {
    const answer = await client.call({
      method: 'GET',
      path: '/api/v1/sessions/current',
      headers: { 'x-session-id': credential },
    });
    assert.equal(answer.status, 200);
    assert.ok(answer.text.length > 36_000, `${answer.text.length}`);
  });
  await told(t, run, client);
});

it('many long lists at once, of sessions that hold the most that they may', async (t) => {
  const { run, client } = await start(t);
  const { person, session } = await signUpWithMost(client);
  copySessions(run, session.id, 100);
  const text = listRequest(person, session);
  const answers: string[] = [];
  const socket = connect(Number(run.settings.PORT), '127.0.0.1', () =>
    socket.write(text.repeat(full ? 100 : 10)),
  );
  socket.setEncoding('latin1').on('data', (part: string) => {
    answers.push(...(part.match(/HTTP\/1.1 (200|503) /g) ?? []));
  });
  t.after(() => socket.destroy());
  await until(async () => answers.length === (full ? 100 : 10), 'all are answered');
  await told(t, run, client);
});

it('reports of ever new verifiers and sessions, in bodies that are as long as they may be', async (t) => {
  const { run, client } = await start(t);
  const headers = { authorization: `Bearer ${run.serviceKey}`, 'content-type': 'application/json' };
  const padding = ' '.repeat(250_000);
  await inParallel(Array.from({ length: full ? 20_000 : 1_200 }, newId), 8, async (verifier) => {
    const sessions = [[`${newId().slice(0, 21)}A`, 0]];
    const body = `${padding}${JSON.stringify({ verifier, log: 'x', position: 0, staleness: 60_000, sessions })}`;
    const answer = await client.call({ method: 'POST', path: '/auth/revocations/report', headers, body });
    assert.ok([204, 429].includes(answer.status), answer.text);
  });
  await told(t, run, client);
});

/** Signs somebody up who stores the most that they may. */
async function signUpWithMost(client: Client): ReturnType<typeof signUp> {
  const { person, session } = await signUp(client);
  const headers = { 'x-session-id': session.credential };
  const put = async (path: string, method: string, json: object) => {
    const answer = await client.call({ method, path, headers, json });
    assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  };
  await put(`/api/v1/settings/${person.userId}`, 'PUT', { parameters: fill(16 * 1024) });
  const account = { custom_hdr: fill(8192), custom_dat: fill(8192) };
  await put(`/api/v1/accounts/${person.userId}`, 'PUT', account);
  await put(`/api/v1/sessions/${person.userId}/${session.id}/data`, 'PUT', fill(4096));
  return { person, session };
}

async function start(t: TestContext): Promise<{ readonly run: Run; readonly client: Client }> {
  const run = await prepareRun(t, { server: { NODE_OPTIONS: `--max-old-space-size=${heap}` } });
  const { client, child } = await run.serve();
  pids.set(run, child.pid!);
  return { run, client };
}

const pids = new WeakMap<Run, number>();

/** Tells how much memory the process has taken, and that it still answers. */
async function told(t: TestContext, run: Run, client: Client): Promise<void> {
  const answer = await client.call({ method: 'GET', path: '/health/ready' });
  assert.equal(answer.status, 200);
  const status = readFileSync(`/proc/${pids.get(run)}/status`, 'utf8');
  t.diagnostic(`${Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024)} MiB at most`);
}

/** The object of JSON of this length that takes the most memory. */
function fill(length: number): object {
  return { a: Array.from({ length: Math.floor((length - 8) / 3) }, () => ({})) };
}

/** The request for the sessions of a person, by them. */
function listRequest({ userId }: Person, { credential }: Session): string {
  const head = `GET /api/v1/sessions/${userId}?take=100 HTTP/1.1`;
  return `${head}\r\nhost: localhost\r\nx-session-id: ${credential}\r\n\r\n`;
}

/** Credentials of new sessions like this one, put into the database past the service: signing in takes too long. */
function copySessions({ databaseUrl, settings }: Run, id: string, count: number): string[] {
  const file = join(settings.LATCHKEY_DATA_DIR!, 'keys.json');
  const { credentialKey } = JSON.parse(readFileSync(file, 'utf8')) as { credentialKey: string };
  const signer = createCredentialSigner(createSecretKey(credentialKey, 'base64url'));
  const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length), { timeout: 5000 });
  const columns =
    'account_id, open_time, request_time, expire_time, address, client, platform, auth_time, amr, data';
  const insert = database.prepare(
    `insert into sessions (id, ${columns}) select ?, ${columns} from sessions where id = ?`,
  );
  database.exec('begin immediate');
  const ids = Array.from({ length: count }, newId);
  for (const copy of ids) insert.run(copy, id);
  database.exec('commit');
  database.close();
  return ids.map((copy) => signer.sign(copy as SessionId));
}

async function inParallel<T>(
  items: readonly T[],
  at: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: at }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}

async function until(met: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await met())) {
    assert.ok(performance.now() < deadline, `not within 30 s: ${what}`);
    await sleep(50);
  }
}
