import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Issuer, json, until } from '../../test/issuer.ts';
import { startReady } from '../../test/start.ts';

const path = '/auth/revocations/report';

interface Told {
  readonly verifier: string;
  readonly log: string;
  readonly position: number;
  readonly confirm?: boolean;
  readonly leaving?: boolean;
  readonly sessions?: readonly (readonly [string, number])[];
}

/** Collects what the verifier tells. */
function listen(issuer: Issuer, status: () => number = () => 204): Told[] {
  const told: Told[] = [];
  issuer.overrides.set(path, (request: IncomingMessage, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      told.push(JSON.parse(text) as Told);
      json(response, status(), {});
    });
  });
  return told;
}

const beat = (issuer: Issuer, confirm: number) =>
  issuer.send('heartbeat', { head: issuer.head, time: issuer.now(), log: issuer.logName, confirm });

test('reports its position when asked: at once, once, and only after applying it', async (context) => {
  let told: Told[] = [];
  const { issuer, verifier } = await startReady(context, {}, (before) => {
    told = listen(before);
  });
  beat(issuer, 1);
  await sleep(50);
  assert.deepEqual(told, []);
  issuer.append({ user: 1 });
  await until(() => told.length === 1);
  beat(issuer, 1);
  beat(issuer, 1);
  await sleep(50);
  assert.equal(told.length, 1);
  const { position, confirm, verifier: id } = told[0]!;
  assert.deepEqual([position, confirm], [1, true]);
  assert.match(id, /^[A-Za-z0-9_-]{22}$/);
  const feed = issuer.requests.find(({ url }) => url === '/auth/revocations');
  assert.equal(feed?.headers['latchkey-verifier'], id);
  assert.equal(feed?.headers['latchkey-staleness'], '10000');
  assert.equal(verifier.status().position, 1);
});

test('keys and reports leave no connection that the feed could use when it is dead', async (context) => {
  let told: Told[] = [];
  const { issuer } = await startReady(context, {}, (before) => {
    told = listen(before);
  });
  issuer.append({ user: 1 });
  beat(issuer, 1);
  await until(() => told.length === 1);
  await until(async () => (await issuer.connections()) === 1);
  assert.equal(issuer.streams, 1);
});

test('confirms again after a failure, with the next heartbeat', async (context) => {
  let told: Told[] = [];
  const { issuer } = await startReady(context, {}, (before) => {
    told = listen(before, () => (told.length < 2 ? 503 : 204));
  });
  issuer.append({ user: 1 });
  beat(issuer, 1);
  await until(() => told.length === 1);
  await sleep(20);
  beat(issuer, 1);
  await until(() => told.length === 2);
});

test('reports which sessions were seen, each once, and the rest on close', async (context) => {
  let told: Told[] = [];
  const { issuer, verifier } = await startReady(context, {}, (before) => {
    told = listen(before);
  });
  const [one, two, bad] = [issuer.session(), issuer.session(), issuer.session()];
  for (const { token, credential } of [one, two, one, one]) await verifier.authenticate(token, credential);
  await assert.rejects(verifier.authenticate(bad.token, one.credential));
  verifier.close();
  await until(() => told.length === 1);
  const { sessions = [], leaving } = told[0]!;
  assert.deepEqual(sessions.map(([id]) => id).sort(), [one.id, two.id].sort());
  assert.ok(sessions.every(([, ago]) => Number.isInteger(ago) && ago >= 0 && ago < 5000));
  assert.equal(leaving, true);
  await sleep(50);
  assert.equal(told.length, 1);
});

test('reports as often as the issuer says, and sends a lost report again', async (context) => {
  let told: Told[] = [];
  const { issuer, verifier } = await startReady(context, {}, (before) => {
    told = listen(before, () => (told.filter(({ sessions }) => sessions).length === 1 ? 503 : 204));
    before.feedHeaders = { 'latchkey-report': '100' };
  });
  const { id, token, credential } = issuer.session();
  await verifier.authenticate(token, credential);
  await until(() => told.filter(({ sessions }) => sessions?.[0]?.[0] === id).length === 2);
  await until(() => told.length >= 4);
  assert.equal(told.filter(({ sessions }) => sessions !== undefined).length, 2, 'it was not used again');
});

test('ten thousand sessions come in reports of bounded size', async (context) => {
  let told: Told[] = [];
  const { issuer, verifier } = await startReady(context, {}, (before) => {
    told = listen(before);
  });
  const sessions = Array.from({ length: 2500 }, () => issuer.session());
  for (const { token, credential } of sessions) await verifier.authenticate(token, credential);
  verifier.close();
  await until(() => told.some(({ leaving }) => leaving === true));
  assert.deepEqual(
    told.map((each) => each.sessions?.length),
    [2000, 500],
  );
});

test('starts another log with a snapshot, and what was revoked stays revoked', async (context) => {
  const ends: string[] = [];
  const options = { onSessionEnd: ({ sessionId }: { sessionId: string }) => void ends.push(sessionId) };
  const { issuer, verifier } = await startReady(context, options, (before) => {
    before.logName = 'first';
  });
  const [gone, later] = [issuer.session(), issuer.session()];
  issuer.append({ session: gone.id });
  await until(() => verifier.status().position === 1);
  issuer.cut();
  // A backup from before that was restored, and has grown past the verifier's position.
  issuer.logName = 'second';
  issuer.log = [];
  for (const subject of [{ user: 1 }, { session: later.id }, { user: 2 }]) issuer.append(subject);
  await until(() => verifier.status().position === 3 && verifier.status().connected);
  await assert.rejects(verifier.authenticate(gone.token, gone.credential), { reason: 'revoked' });
  await assert.rejects(verifier.authenticate(later.token, later.credential), { reason: 'revoked' });
  assert.deepEqual(ends, [gone.id, later.id]);
});

test('a revoked key is refused for good, whatever the issuer publishes', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const { token, credential } = issuer.session();
  await verifier.authenticate(token, credential);
  issuer.append({ key: issuer.key.kid }, 'reject', -1000);
  await until(() => verifier.status().position === 1);
  for (let beats = 0; beats < 3; beats += 1) beat(issuer, 0);
  await sleep(100);
  await assert.rejects(verifier.authenticate(token, credential), { reason: 'key-revoked' });
});
