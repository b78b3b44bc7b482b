import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { faultsOf, openRaw } from '../e2e/support/database.ts';
import {
  freePort,
  newFolder,
  type ServerProcess,
  startProcess,
  startServer,
} from '../e2e/support/server-process.ts';
import type { Engine } from '../support/stores.ts';
import { answerOf } from './support/answers.ts';
import { assertKept } from './support/checker.ts';
import { loadUntilGone } from './support/crash-load.ts';
import { full } from './support/full.ts';
import { allOf, now } from './support/history.ts';
import { prepareRun, type Run } from './support/run.ts';
import { askServer, type Held, ways } from './support/server-checks.ts';

const rounds = full ? 200 : 6;
const workers = 8;

/** The kills are at random moments among closings; this many requests in flight are expected at one. */
const inFlight = workers / 2;

describe('a server that is killed while it closes sessions', { concurrency: true }, () => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    it(`loses nothing that it acknowledged, on ${engine}`, (t) => survive(t, engine));
  }

  it('starts again when its first start was cut short', async (t) => {
    for (let round = 0; round < (full ? 20 : 2); round += 1) {
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

async function survive(t: TestContext, engine: Engine): Promise<void> {
  const run = await prepareRun(t, { engine });
  const { history, record, issuer, serviceKey, verifiers, settings } = run;
  const port = Number(settings.PORT);
  const reached = (state: 'good' | 'cut', at = now()) => {
    record({ what: 'network', node: 'follower', state, at });
    if (state === 'cut') record({ what: 'network', node: 'server', state, at });
  };
  let server = await run.serve();
  const ports = { feed: port, questions: port };
  // It lives through every kill.
  const options = { issuer, serviceKey, maxStaleness: 10_000, onStale: 'reject' } as const;
  verifiers.begin({ node: 'follower', ports, ...options });
  await verifiers.ready('follower');
  const all: Held[] = [];
  let unanswered = 0;
  let lostClosings = 0;
  for (let round = 0; round < rounds; round += 1) {
    const moment = Promise.withResolvers<void>();
    let countdown = randomInt(1, 2 * workers);
    const loading = loadUntilGone(server.client, workers, record, () => {
      countdown -= 1;
      if (countdown === 0) moment.resolve();
    });
    // A load that fails is not waited for.
    await Promise.race([moment.promise, loading]);
    await sleep(randomInt(20));
    reached('cut');
    await server.end('SIGKILL');
    const load = await loading;
    unanswered += load.unanswered;
    lostClosings += load.lostClosings;
    all.push(...load.held);
    const shown = load.held.slice(-30);
    for (const held of shown) verifiers.show(held);
    server = await run.serve();
    reached('good');
    await check(run, server, load.held, `fresh-${round}`);
    for (const { token } of shown) verifiers.hide(token);
  }
  await check(run, server, all, 'fresh-at-the-end');
  for (const held of all.slice(-100)) verifiers.show(held);
  await sleep(1000);
  await verifiers.status();

  assertKept(history);
  assert.equal(server.stderr(), '');
  assert.ok(unanswered >= rounds * inFlight, `${unanswered} requests were in flight at the kills`);
  const closed = allOf(history, 'end').filter(({ answer }) => answer === 'done').length;
  t.diagnostic(`${rounds} kills, ${closed} closings answered, ${lostClosings} not; ${all.length} sessions`);
  assert.ok(closed > rounds && lostClosings > 0);
}

/** What is stored is whole, and server and a verifier that has just begun agree about every session. */
async function check(run: Run, server: ServerProcess, held: readonly Held[], node: string): Promise<void> {
  const { record, issuer, serviceKey, databaseUrl } = run;
  await run.readLog();
  const database = await openRaw(databaseUrl);
  assert.deepEqual(await faultsOf(database), [], node);
  if (databaseUrl.startsWith('sqlite:')) {
    const [row] = await database.rows('pragma integrity_check');
    assert.equal(row?.integrity_check, 'ok');
  }
  await database.close();

  record({ what: 'start', node, kind: 'verifier', at: now(), maxStaleness: 10_000 });
  const verifier = createVerifier({ issuer, serviceKey, onStale: 'reject' });
  try {
    await verifier.ready();
    await inTurns(held, async (each) => {
      const said = await askServer(server.client, each, ways[randomInt(ways.length)]!, record);
      assert.equal(await ask(verifier, node, each, run), said, `${node} about ${each.token}`);
    });
  } finally {
    verifier.close();
    record({ what: 'network', node, state: 'cut', at: now() });
  }
}

async function ask(verifier: Verifier, node: string, { token, jwt, credential }: Held, { record }: Run) {
  const start = now();
  const [answer, reason] = await answerOf(verifier.authenticate(jwt, credential));
  record({ what: 'check', node, token, start, end: now(), answer, reason });
  return answer;
}

/** As many at once as a service would have. */
async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await act(item);
  };
  await Promise.all(Array.from({ length: 16 }, work));
}
