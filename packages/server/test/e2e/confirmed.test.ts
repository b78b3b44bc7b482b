import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../support/client.ts';
import { type Person, signIn, signUp, statusOf } from './support/people.ts';
import { runVerb, startProcess } from './support/server-process.ts';
import { startServers } from './support/several-servers.ts';

interface Confirmation {
  readonly seq: number;
  readonly confirmed: string[];
  readonly pending: string[];
}

/** A verifier in a process of its own, at the server on that port. */
async function startVerifier(
  t: TestContext,
  issuer: string,
  port: string,
  serviceKey: string,
): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'support/verifier-process.ts'), {
    env: { ...process.env, ISSUER: issuer, SERVER_PORT: port, SERVICE_KEY: serviceKey },
    execArgv: [],
  });
  t.after(() => child.kill('SIGKILL'));
  assert.equal((await once(child, 'message'))[0], 'ready');
  return child;
}

async function close(client: Client, closed: Person, by: Person, timeout: number): Promise<Confirmation> {
  const path = `/api/v1/sessions/${closed.userId}/${closed.sessionId}?wait=confirmed&timeout=${timeout}`;
  const answer = await client.call({ method: 'DELETE', path, headers: { 'x-session-id': by.credential } });
  assert.equal(answer.status, 200, answer.text);
  const { seq, confirmed, pending } = answer.json as unknown as Confirmation;
  return { seq, confirmed: [...confirmed].sort(), pending: [...pending].sort() };
}

it('a close is confirmed by the verifiers of every server on the database; a frozen one is pending and shown', async (t) => {
  const { servers, ports, settings, issuer } = await startServers(t, 'postgres', 2);
  const names = ['here', 'there', 'frozen'];
  const keys = await Promise.all(
    names.map(async (name) => String((await runVerb(['services', 'add', name], settings)).key)),
  );
  const [first, second] = servers.map(({ client }) => client);
  await startVerifier(t, issuer, ports[0]!, keys[0]!);
  await startVerifier(t, issuer, ports[1]!, keys[1]!);
  const frozen = await startVerifier(t, issuer, ports[1]!, keys[2]!);

  const laptop = await signUp(first!);
  for (const client of [first!, second!]) {
    const { confirmed, pending } = await close(client, await signIn(first!, laptop), laptop, 8000);
    assert.deepEqual([confirmed, pending], [['frozen', 'here', 'there'], []]);
  }
  frozen.kill('SIGSTOP');
  const { seq, confirmed, pending } = await close(first!, await signIn(first!, laptop), laptop, 1500);
  assert.deepEqual([confirmed, pending], [['here', 'there'], ['frozen']]);

  const { data } = (await runVerb(['services', 'list'], settings)) as {
    data: {
      name: string;
      connected: number;
      verifiers: { position: number; kind: string; lag: { entries: number } }[];
    }[];
  };
  for (const { name, connected, verifiers } of data) {
    assert.deepEqual([connected, verifiers.length, verifiers[0]!.kind], [1, 1, 'stream'], name);
    assert.equal(verifiers[0]!.lag.entries > 0, name === 'frozen', name);
    if (name !== 'frozen') assert.equal(verifiers[0]!.position, seq);
  }
  // The command line is one more process; its exit code tells.
  const third = await signIn(first!, laptop);
  const unconfirmed = startProcess(
    ['sessions', 'close', third.sessionId, '--wait', '--timeout', '1500', '--json'],
    settings,
  );
  assert.equal((await unconfirmed.exited).code, 5, unconfirmed.stderr());
  const said = JSON.parse(unconfirmed.stdout()) as Confirmation & { id: string };
  assert.deepEqual([said.id, said.pending, said.confirmed.length], [third.sessionId, ['frozen'], 2]);
  assert.equal(await statusOf(first!, third), 440);

  frozen.kill('SIGCONT');
  const thawed = await runVerb(
    ['sessions', 'close', third.sessionId, '--wait', '--timeout', '10000'],
    settings,
  );
  assert.deepEqual((thawed.confirmed as string[]).sort(), ['frozen', 'here', 'there']);
});

it('a stop answers every caller that waits', async (t) => {
  const { servers, settings, issuer } = await startServers(t, 'sqlite', 1);
  const server = servers[0]!;
  const { key } = await runVerb(['services', 'add', 'frozen'], settings);
  const frozen = await startVerifier(t, issuer, settings.PORT, String(key));
  frozen.kill('SIGSTOP');
  const laptop = await signUp(server.client);
  const phone = await signIn(server.client, laptop);
  const closing = close(server.client, phone, laptop, 10_000);
  await sleep(300);
  const since = performance.now();
  const ended = server.end('SIGTERM');
  assert.deepEqual((await closing).pending, ['frozen']);
  assert.deepEqual(await ended, { code: 0, signal: null });
  assert.ok(performance.now() - since < 6000);
});
