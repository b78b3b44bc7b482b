import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRaw } from '../e2e/support/database.ts';
import type { Client } from '../support/client.ts';
import type { Engine } from '../support/stores.ts';
import { full } from './support/full.ts';
import { movable } from './support/movable.ts';
import { fromNewAddress } from './support/people.ts';
import { prepareRun, type Run } from './support/run.ts';

const day = 24 * 60;
const month = 30 * day;
const password = 'correct horse battery staple';
/** How long an entry is kept, with a token of one second: 121 s, in minutes. */
const life = 121 / 60;

/** How the server goes from one clock to the other. */
type Change = 'runs on' | 'is killed' | 'is stopped';
const cases: readonly (readonly [Engine, Change])[] = full
  ? (['sqlite', 'postgres'] as const).flatMap((engine) =>
      (['runs on', 'is killed', 'is stopped'] as const).map((change) => [engine, change] as const),
    )
  : [
      ['sqlite', 'is killed'],
      ['postgres', 'runs on'],
    ];

describe('a clock that was 30 days ahead', { concurrency: 2 }, () => {
  for (const [engine, change] of cases) {
    it(`leaves nothing behind that holds so long; the server ${change}, on ${engine}`, async (t) => {
      const clock = movable(t);
      const { run, restart, send } = await begin(engine, change);
      const { login, credential: first } = await signUp(send());

      clock.move(month);
      await sleep(200);
      const late = await signUp(send());
      const closed = await signUp(send());
      for (let i = 0; i < 5; i++) await signIn(send(), login, 'wrong horse battery staple');
      assert.equal((await close(send(), closed.credential)).status, 204);
      clock.move(0);
      await sleep(200);
      await restart();

      // The fifth wrong password costs a second, and is counted.
      await sleep(1100);
      for (let i = 0; i < 2; i++) await signIn(send(), login, 'wrong horse battery staple');
      const held = await signIn(send(), login, password);
      assert.equal(held.status, 429, held.text);
      assert.ok(Number(held.headers['retry-after']) <= 2, String(held.headers['retry-after']));
      await sleep(2100);
      assert.equal((await signIn(send(), login, password)).status, 200);

      // What was closed then is forgotten as soon as what is closed now.
      assert.equal((await close(send(), (await signUp(send())).credential)).status, 204);
      assert.ok((await entriesOf(run)).length >= 2);
      clock.move(life + 0.1);
      await until(async () => (await entriesOf(run)).length === 0, 'the log is empty');

      // A session from then goes idle as others do; one from before the clock was ahead, too.
      assert.equal(await isLive(send(), late.credential), true);
      assert.equal(await isLive(send(), closed.credential), false);
      clock.move(2 * day);
      await sleep(200);
      assert.equal(await isLive(send(), late.credential), false);
      assert.equal(await isLive(send(), first), false);
      // The sweep finds it, too.
      if (full) await until(async () => (await liveTimesAhead(run)).length === 0, 'nothing lies ahead');

      async function begin(engine: Engine, how: Change) {
        const settings = { LATCHKEY_TOKEN_TTL: '1s' };
        const run = await prepareRun(t, { engine, settings, server: clock.env });
        let server = await run.serve();
        return {
          run,
          send: () => fromNewAddress(server.client),
          async restart() {
            if (how === 'runs on') return;
            await server.end(how === 'is killed' ? 'SIGKILL' : 'SIGTERM');
            server = await run.serve();
          },
        };
      }
    });
  }
});

type Send = Client['call'];
let people = 0;

async function signUp(send: Send): Promise<{ readonly login: string; readonly credential: string }> {
  people += 1;
  const login = `ahead-${process.pid}-${people}`;
  const json = { name: 'Ann', login, password };
  const answer = await send({ method: 'POST', path: '/api/v1/signup', json });
  assert.equal(answer.status, 200, answer.text);
  return { login, credential: String(answer.json.id) };
}

const signIn = (send: Send, login: string, secret: string) =>
  send({ method: 'POST', path: '/api/v1/signin', json: { login, password: secret } });

const close = (send: Send, credential: string) =>
  send({ method: 'POST', path: '/api/v1/signout', headers: { 'x-session-id': credential } });

async function isLive(send: Send, credential: string): Promise<boolean> {
  const headers = { 'x-session-id': credential };
  const { status } = await send({ method: 'GET', path: '/api/v1/sessions/current', headers });
  assert.ok(status === 200 || status === 440, String(status));
  return status === 200;
}

async function entriesOf({ databaseUrl }: Run): Promise<number[]> {
  const rows = await rowsOf(databaseUrl, 'select seq from log_entries order by seq');
  return rows.map(({ seq }) => Number(seq));
}

/** The open sessions whose times lie ahead of any clock of the test. */
function liveTimesAhead({ databaseUrl }: Run) {
  const ahead = Date.now() + 3 * day * 60_000;
  return rowsOf(databaseUrl, `select id from sessions where close_time is null and request_time > ${ahead}`);
}

async function rowsOf(databaseUrl: string, query: string) {
  const database = await openRaw(databaseUrl);
  try {
    return await database.rows(query);
  } finally {
    await database.close();
  }
}

async function until(met: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await met()) return;
    await sleep(100);
  }
  assert.fail(`it did not come about that ${what}`);
}
