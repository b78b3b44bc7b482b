import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../support/client.ts';
import { until } from './support/edge.ts';
import { closeSession, type Person, signIn, signUp, statusOf } from './support/people.ts';
import { type Poller, startPoller } from './support/poller.ts';
import { runVerb } from './support/server-process.ts';
import { type SeveralServers, startServers } from './support/several-servers.ts';

/** Milliseconds between two questions of a poller. */
const every = 50;

async function startTwo(t: TestContext) {
  const several = await startServers(t, 'postgres', 2);
  const { key } = await runVerb(['services', 'add', 'reports'], several.settings);
  const [first, second] = several.servers.map(({ client }) => client);
  return { ...several, serviceKey: String(key), first: first!, second: second! };
}

it('a poller that asks another server each time gets the whole log, once and without a gap', async (t) => {
  const { ports, serviceKey, first, second } = await startTwo(t);
  const eager = startPoller(serviceKey, ports, { every: 0, id: 'a'.repeat(22) });
  const calm = startPoller(serviceKey, ports, { every, id: 'b'.repeat(22) });
  const ended: string[] = [];
  await Promise.all(
    [first, second, first, second].map(async (here, i) => {
      const there = i % 2 === 0 ? second : first;
      const laptop = await signUp(here);
      for (let round = 0; round < 25; round += 1) {
        const phone = await signIn(here, laptop);
        await closeSession(round % 2 === 0 ? here : there, phone, laptop);
        ended.push(phone.sessionId);
      }
    }),
  );
  const all = Array.from({ length: 100 }, (_, i) => i + 1);
  for (const poller of [eager, calm]) {
    await until(async () => poller.position >= 100);
    await poller.stop();
    assert.deepEqual(poller.seqs, all);
    for (const sessionId of ended) assert.ok(poller.refuses(sessionId));
    const [here = 0, there = 0] = ports.map((port) => poller.asked.get(port));
    assert.ok(Math.abs(here - there) <= 1 && here > 3, `${here} and ${there} questions`);
  }
});

it('what is closed at one server is refused by a poller at the other within a second', async (t) => {
  const { ports, serviceKey, first, second } = await startTwo(t);
  const delays: number[] = [];
  for (const [closer, port] of [
    [first, ports[1]!],
    [second, ports[0]!],
  ] as const) {
    const poller = startPoller(serviceKey, [port], { every });
    await until(async () => poller.position >= 0);
    for (let round = 0; round < 5; round += 1) {
      const laptop = await signUp(first);
      const phone = await signIn(second, laptop);
      assert.equal(poller.refuses(phone.sessionId), false);
      await closeSession(closer, phone, laptop);
      const closed = performance.now();
      for (const client of [first, second]) assert.equal(await statusOf(client, phone), 440);
      await until(async () => poller.refuses(phone.sessionId));
      delays.push(performance.now() - closed);
    }
    await poller.stop();
  }
  const slowest = Math.max(...delays);
  t.diagnostic(`refused by the poller after ${slowest.toFixed(0)} ms at the most`);
  assert.ok(slowest < 1000, `${slowest} ms`);
});

it('a close is confirmed by a poller, whichever server it asks', async (t) => {
  const two = await startTwo(t);
  const { ports, serviceKey, first, second } = two;
  const poller = startPoller(serviceKey, ports, { every });
  await until(async () => poller.position >= 0 && poller.asked.size === 2);
  const laptop = await signUp(first);
  const table: [name: string, asks: readonly string[], closer: Client][] = [
    ['both in turn', ports, first],
    ['the other one alone, after it had asked both', [ports[1]!], first],
    ['the first alone', [ports[0]!], first],
    ['the other one than before', [ports[1]!], first],
    ['the other one, from the other side', [ports[0]!], second],
    ['both again', ports, second],
  ];
  for (const [name, asks, closer] of table) {
    poller.ask(asks);
    for (let round = 0; round < 3; round += 1) {
      const { seq, confirmed, pending } = await closeConfirmed(closer, await signIn(first, laptop), laptop);
      assert.deepEqual([confirmed, pending], [['reports'], []], `${name}, ${round}`);
      assert.ok(poller.position >= seq);
    }
  }
  await assertPendingWhenStopped(two, poller, laptop);
});

/** It decides by itself for a while yet, so it is waited for, at either server. */
async function assertPendingWhenStopped(
  { servers }: SeveralServers,
  poller: Poller,
  laptop: Person,
): Promise<void> {
  await poller.stop();
  await sleep(every);
  for (const { client } of servers) {
    const phone = await signIn(client, laptop);
    const { confirmed, pending } = await closeConfirmed(client, phone, laptop, 300);
    assert.deepEqual([confirmed, pending], [[], ['reports']]);
  }
}

async function closeConfirmed(client: Client, closed: Person, by: Person, timeout = 2000) {
  const path = `/api/v1/sessions/${closed.userId}/${closed.sessionId}?wait=confirmed&timeout=${timeout}`;
  const answer = await client.call({ method: 'DELETE', path, headers: { 'x-session-id': by.credential } });
  assert.equal(answer.status, 200, answer.text);
  return answer.json as unknown as { seq: number; confirmed: string[]; pending: string[] };
}
