import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCluster } from '../../../../scripts/postgres.ts';
import type { Client } from '../support/client.ts';
import { assertKept } from './support/checker.ts';
import { full } from './support/full.ts';
import { allOf, type Network, now, type Operation } from './support/history.ts';
import { end, plainClosingOf, signUp } from './support/people.ts';
import { prepareRun } from './support/run.ts';
import { askServer, type Held, ways } from './support/server-checks.ts';

const maxStaleness = 4000;
const rounds = full ? 20 : 2;

it('PostgreSQL that crashes under load signs nobody out, and loses nothing that was answered', async (t) => {
  const cluster = await startCluster();
  t.after(() => cluster.remove());
  const run = await prepareRun(t, { databaseUrl: await cluster.createDatabase('outages') });
  const { record, verifiers, history, issuer, serviceKey, settings } = run;
  const server = await run.serve();
  const { client } = server;
  const port = Number(settings.PORT);
  for (const onStale of ['reject', 'introspect'] as const) {
    const ports = { feed: port, questions: port };
    verifiers.begin({ node: onStale, issuer, serviceKey, maxStaleness, onStale, ports });
    await verifiers.ready(onStale);
  }
  const reached = (own: Network, followers: Network) => {
    const states = { server: own, reject: followers, introspect: followers };
    for (const [node, state] of Object.entries(states)) record({ what: 'network', node, state, at: now() });
  };
  const people = await Promise.all([1, 2, 3, 4].map(() => prepare(client)));
  for (const { keeps, closes } of people) for (const held of [keeps, ...closes]) verifiers.show(held);

  const stopping = new AbortController();
  const load = people.map((person) => work(client, person, record, stopping.signal));
  for (let round = 0; round < rounds; round += 1) {
    await sleep(400);
    reached('poor', 'poor');
    await cluster.kill('SIGQUIT');
    // A server without its database still answers; of the log nothing reaches anybody.
    reached('poor', 'cut');
    // Longer than verifiers go on by what they know, the second time.
    await sleep(round % 2 === 0 ? 1000 : maxStaleness + 1500);
    reached('poor', 'poor');
    await cluster.start();
    await untilReady(client);
    reached('good', 'good');
    await sleep(3500);
  }
  stopping.abort();
  await Promise.all(load);
  await sleep(1500);
  await run.readLog();
  await verifiers.status();

  assertKept(history);
  const checks = allOf(history, 'check');
  const said = new Set(checks.filter(({ node }) => node === 'server').map(({ answer }) => answer));
  assert.deepEqual(said, new Set(['accepted', 'refused', 'unavailable']));
  const ends = allOf(history, 'end');
  const count = (answer: string) => ends.filter((each) => each.answer === answer).length;
  t.diagnostic(
    `${rounds} crashes, ${count('done')} closings answered, ${count('unavailable')} refused with 503`,
  );
  assert.ok(count('done') >= people.length && count('unavailable') > 0);
  // Nothing was half done, and a caller that was told to try again could.
  assert.equal(await askServer(client, people[0]!.keeps, 'current', record), 'accepted');
  assert.equal(server.stderr(), '');
});

interface Prepared {
  readonly userId: string;
  readonly keeps: Held;
  readonly closes: readonly Held[];
}

/** Somebody with a session that stays and others to be closed, so that signing in is no part of the load. */
async function prepare(client: Client): Promise<Prepared> {
  const { person, session } = await signUp(client);
  const closes: Held[] = [];
  for (let i = 0; i < (full ? 40 : 12); i += 1) closes.push(await (await person.signIn()).token());
  return { userId: person.userId, keeps: await session.token(), closes };
}

/** Closes the sessions one after the other, each until it is answered, and asks about both kinds all the time. */
async function work(
  client: Client,
  { userId, keeps, closes }: Prepared,
  record: (operation: Operation) => void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...closes];
  let last: Held = keeps;
  while (!signal.aborted) {
    for (const way of ways) {
      await askServer(client, keeps, way, record);
      await askServer(client, last, way, record);
    }
    const closed = waiting[0];
    if (closed !== undefined) {
      const what = plainClosingOf(closed, keeps, userId);
      if ((await end(client, what, record)) === 'done') last = waiting.shift()!;
    }
    await sleep(150);
  }
}

async function untilReady(client: Client): Promise<void> {
  const deadline = performance.now() + 20_000;
  while ((await client.call({ method: 'GET', path: '/health/ready' })).status !== 200) {
    assert.ok(performance.now() < deadline, 'the server does not come back');
    await sleep(20);
  }
}
