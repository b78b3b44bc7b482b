import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Issuer, until } from '../../test/issuer.ts';
import { newSession } from '../../test/mint.ts';
import { refused, start, startReady } from '../../test/start.ts';
import type { SessionEnd } from '../index.ts';
import { feedTimes } from './feed.ts';

const feeds = (issuer: Issuer) => issuer.requests.filter(({ url }) => url === '/auth/revocations');

test('resumes where it was, and misses nothing', async (context) => {
  const ends: SessionEnd[] = [];
  const { issuer, verifier } = await startReady(context, { onSessionEnd: (end) => ends.push(end) });
  const sessions = Array.from({ length: 20 }, () => issuer.session());
  for (const { id } of sessions) {
    issuer.append({ session: id });
    issuer.cut();
    issuer.append({ user: 9 });
  }
  await until(() => verifier.status().position === 40);
  for (const { token, credential } of sessions)
    await refused(verifier.authenticate(token, credential), 'revoked');
  assert.deepEqual(
    ends.map(({ sessionId }) => sessionId),
    sessions.map(({ id }) => id),
  );
  assert.ok(
    feeds(issuer)
      .slice(1)
      .every(({ headers }) => headers['last-event-id'] !== undefined),
  );
});

test('takes a snapshot if the log was cut, and tells what ended meanwhile', async (context) => {
  const ends: SessionEnd[] = [];
  const { issuer, verifier } = await startReady(context, { onSessionEnd: (end) => ends.push(end) });
  const session = issuer.session();
  const { signal } = await verifier.authenticate(session.token, session.credential);
  await issuer.stop();
  for (let count = 0; count < 5; count += 1) issuer.append({ user: 9 });
  issuer.append({ session: session.id });
  issuer.log = issuer.log.slice(3);
  issuer.from = 3;
  await issuer.start();
  await until(() => verifier.status().position === 6);
  await refused(verifier.authenticate(session.token, session.credential), 'revoked');
  assert.deepEqual(
    ends.map(({ seq }) => seq),
    [6],
  );
  assert.equal(signal.aborted, true);
});

test('a gap makes it resume; duplicates do not', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const first = issuer.append({ user: 1 });
  await until(() => verifier.status().position === 1);
  issuer.sendEntries([first]);
  issuer.sendEntries([first]);
  const connections = feeds(issuer).length;
  const lost = issuer.session();
  const at = issuer.now();
  const missing = {
    seq: 2,
    at,
    subject: { session: lost.id },
    action: 'reject',
    reason: 'x',
    expiresAt: at + 390,
  } as const;
  issuer.log.push(missing);
  issuer.append({ user: 2 });
  await until(() => verifier.status().position === 3);
  await refused(verifier.authenticate(lost.token, lost.credential), 'revoked');
  assert.equal(feeds(issuer).length, connections + 1);
});

const broken: [string, string][] = [
  ['no JSON', 'event: entries\ndata: {\n\n'],
  ['no entries', 'event: entries\ndata: {"head":1,"time":1}\n\n'],
  [
    'an unknown subject',
    'event: entries\ndata: {"head":1,"time":1,"entries":[{"seq":1,"at":1,"subject":{"planet":1},"action":"reject","reason":"x","expiresAt":2}]}\n\n',
  ],
  ['a heartbeat without head', 'event: heartbeat\ndata: {"time":1}\n\n'],
];

for (const [name, text] of broken) {
  test(`does not skip ${name}`, async (context) => {
    const { issuer, verifier } = await start(context, {}, (before) => {
      before.overrides.set('/auth/revocations', (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const data = { from: 0, position: 0, head: 1, time: 1, entries: [] };
        response.write(`event: snapshot\ndata: ${JSON.stringify(data)}\n\n${text}`);
      });
    });
    await until(() => feeds(issuer).length > 2);
    assert.equal(verifier.status().ready, false);
    assert.ok(verifier.status().position <= 0);
  });
}

test('does not take bytes that are no text for an entry', async (context) => {
  const { issuer, verifier } = await start(context, {}, (before) => {
    const { id } = newSession();
    before.append({ session: id }, 'reject', 390, { reason: '?' });
    before.overrides.set('/auth/revocations', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const data = JSON.stringify({ from: 0, position: 1, head: 1, time: before.now(), entries: before.log });
      const bytes = Buffer.from(`event: snapshot\ndata: ${data}\n\n`);
      bytes[bytes.indexOf('?')] = 0xff;
      response.write(bytes);
    });
  });
  await until(() => feeds(issuer).length > 2);
  assert.equal(verifier.status().position, -1);
});

test('says that it is lost once in each outage', async (context) => {
  const warnings: string[] = [];
  const logger = { info: () => {}, warn: (message: string) => void warnings.push(message) };
  const { issuer, verifier } = await startReady(context, { logger });
  const lost = () => warnings.filter((message) => message.includes('lost the revocation feed')).length;
  for (let outage = 1; outage <= 2; outage += 1) {
    issuer.overrides.set('/auth/revocations', (request) => request.socket.destroy());
    const before = feeds(issuer).length;
    issuer.cut();
    await until(() => feeds(issuer).length >= before + 3);
    assert.equal(lost(), outage);
    issuer.overrides.clear();
    await until(() => verifier.status().connected);
  }
});

test('says that a gateway may hold the stream back, where nothing ever comes', async (context) => {
  const warnings: string[] = [];
  const logger = { info: () => {}, warn: (message: string) => void warnings.push(message) };
  const { issuer } = await start(context, { logger }, ({ overrides }) =>
    overrides.set('/auth/revocations', () => {}),
  );
  const [asked] = await until(() => feeds(issuer).length > 0).then(() => feeds(issuer));
  assert.equal(asked!.headers['accept-encoding'], 'identity');
  await sleep(feedTimes.idle);
  await until(() => warnings.length > 0);
  assert.match(warnings[0]!, /nothing came for 5 s: a gateway in between may hold the stream back/);
});

test('applies nothing after its close, though it has come before', async (context) => {
  const ends: string[] = [];
  let close = () => {};
  const { issuer, verifier } = await startReady(context, {
    onSessionEnd: ({ sessionId }) => {
      ends.push(sessionId);
      close();
    },
  });
  close = () => verifier.close();
  const [first, second] = [newSession().id, newSession().id];
  // Both come in one piece.
  const entry = { action: 'reject', reason: 'x', at: issuer.now(), expiresAt: issuer.now() + 390 };
  const text = [first, second]
    .map((session, i) => ({ entries: [{ seq: i + 1, subject: { session }, ...entry }], head: 2, time: 1 }))
    .map((data) => `event: entries\ndata: ${JSON.stringify(data)}\n\n`);
  issuer.sendText(text.join(''));
  await until(() => ends.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(ends, [first]);
});

test('skips events that it does not know', async (context) => {
  const { issuer, verifier } = await startReady(context);
  issuer.send('weather', 'rain');
  const session = issuer.session();
  issuer.append({ session: session.id });
  await until(() => verifier.status().position === 1);
  assert.equal(feeds(issuer).length, 1);
});

test('does not accept another kind of answer as a feed', async (context) => {
  const { verifier } = await start(context, {}, (before) => {
    before.overrides.set('/auth/revocations', (_, response) => {
      const data = { from: 0, position: 0, head: 0, time: 1, entries: [] };
      response
        .writeHead(200, { 'content-type': 'text/plain' })
        .end(`event: snapshot\ndata: ${JSON.stringify(data)}\n\n`);
    });
  });
  await refused(verifier.ready({ timeout: 300 }), 'ready-timeout');
});

test('signals fire when their session ends, or all do', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const [one, two, three] = [issuer.session(), issuer.session({ sub: '7' }), issuer.session({ roles: [] })];
  const signals: AbortSignal[] = [];
  for (const { token, credential } of [one, two, three]) {
    const caller = await verifier.authenticate(token, credential);
    assert.equal(caller.signal, caller.signal);
    signals.push(caller.signal);
  }
  const fired = () => signals.map(({ aborted }) => aborted);
  issuer.append({ session: newSession().id });
  issuer.append({ user: 7 }, 'refresh');
  issuer.append({ session: one.id });
  await until(() => verifier.status().position === 3);
  assert.deepEqual(fired(), [true, false, false]);
  assert.equal(signals[0]?.reason.name, 'SessionEnded');
  assert.equal(signals[0]?.reason.reason, 'signout');
  issuer.append({ user: 7 });
  await until(() => verifier.status().position === 4);
  assert.deepEqual(fired(), [true, true, false]);
  issuer.append({ all: true });
  await until(() => verifier.status().position === 5);
  assert.deepEqual(fired(), [true, true, true]);
  assert.equal(verifier.status().signals, 0);
});

test('an error of onSessionEnd stops nothing', async (context) => {
  const { issuer, verifier } = await startReady(context, {
    onSessionEnd: () => {
      throw new Error('no');
    },
  });
  const session = issuer.session();
  issuer.append({ session: session.id });
  await until(() => verifier.status().position === 1);
  await refused(verifier.authenticate(session.token, session.credential), 'revoked');
  assert.equal(verifier.status().connected, true);
});
