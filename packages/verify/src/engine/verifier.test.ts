import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { json, serviceKey, until } from '../../test/issuer.ts';
import { mint, newKey, newSession } from '../../test/mint.ts';
import { refused, start, startReady } from '../../test/start.ts';
import { type SessionEnd, SessionEnded } from '../index.ts';

test('returns the caller of a token and its cookie', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  const { authenticate } = verifier;
  for (let round = 0; round < 3; round += 1) {
    const caller = await authenticate(session.token, session.credential);
    const { userId, sessionId, roles, amr, signal } = caller;
    assert.deepEqual(
      { userId, sessionId, roles, amr },
      {
        userId: 4503599627370495,
        sessionId: session.id,
        roles: ['user', '77:manager'],
        amr: ['pwd'],
      },
    );
    assert.equal(caller.expiresAt, caller.authTime + 300);
    assert.equal(signal.aborted, false);
    assert.throws(() => Object.assign(caller, { userId: 1 }), TypeError);
    assert.throws(() => (caller.roles as string[]).push('admin'), TypeError);
  }
  assert.deepEqual(verifier.status().cache, { size: 1, hits: 2, misses: 1 });
  assert.equal(issuer.requests.length, 2, 'keys and feed, and no request for any token');
});

test('another cookie is refused, also with a remembered token', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  const other = issuer.session();
  await refused(verifier.authenticate(session.token, other.credential), 'credential-mismatch');
  await verifier.authenticate(session.token, session.credential);
  await verifier.authenticate(other.token, other.credential);
  await refused(verifier.authenticate(session.token, other.credential), 'credential-mismatch');
  await refused(verifier.authenticate(session.token, ''), 'malformed-credential');
  await refused(verifier.authenticate(session.token, undefined), 'malformed-credential');
  await verifier.authenticate(session.token, session.credential);
});

test('throws only its own errors, whatever the arguments are', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  const trap = new Proxy({}, { get: () => assert.fail('touched') });
  const values = [
    undefined,
    null,
    0,
    '',
    '.',
    '..',
    'a.b.c',
    {},
    [],
    Symbol('x'),
    trap,
    new String(session.token),
    'x'.repeat(8e6),
  ];
  for (const value of values) {
    await refused(verifier.authenticate(value, session.credential), 'malformed-token');
    await refused(verifier.authenticate(session.token, value), 'malformed-credential');
    await refused(verifier.authenticate(value, value, trap as never), 'malformed-token');
  }
  await verifier.authenticate(session.token, session.credential, null as never);
});

test('refuses an ended session at once, remembered or not', async (context) => {
  const ends: SessionEnd[] = [];
  const { issuer, verifier } = await startReady(context, { onSessionEnd: (end) => ends.push(end) });
  const session = issuer.session();
  const bystander = issuer.session();
  await verifier.authenticate(session.token, session.credential);
  await verifier.authenticate(bystander.token, bystander.credential);
  const { seq } = issuer.append({ session: session.id });
  await until(() => verifier.status().position === seq);
  for (let round = 0; round < 3; round += 1) {
    await refused(verifier.authenticate(session.token, session.credential), 'revoked');
    await verifier.authenticate(bystander.token, bystander.credential);
  }
  assert.deepEqual(ends, [{ sessionId: session.id, reason: 'signout', seq }]);
});

test('an entry about a user refuses their tokens, and each session that it names is told', async (context) => {
  const ends: SessionEnd[] = [];
  const { issuer, verifier } = await startReady(context, { onSessionEnd: (end) => ends.push(end) });
  const held = issuer.session();
  const { userId, signal } = await verifier.authenticate(held.token, held.credential);
  const sessions = [held.id, newSession().id];
  const { seq } = issuer.append({ user: userId }, 'reject', 390, { reason: 'account-disabled', sessions });
  await until(() => verifier.status().position === seq);
  await refused(verifier.authenticate(held.token, held.credential), 'revoked');
  assert.equal(signal.reason.reason, 'account-disabled');
  assert.deepEqual(
    ends,
    sessions.map((sessionId) => ({ sessionId, reason: 'account-disabled', seq })),
  );
  const anew = newSession();
  const token = mint(issuer.key, anew, issuer.url, { rev: seq, sub: String(userId) });
  await verifier.authenticate(token, anew.credential);
});

test('a caller keeps its signal, which tells why the session ended', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  const caller = await verifier.authenticate(session.token, session.credential);
  const { signal } = caller;
  issuer.append({ session: session.id });
  await until(() => signal.aborted);
  assert.equal(caller.signal, signal);
  assert.ok(signal.reason instanceof SessionEnded);
  assert.deepEqual([signal.reason.sessionId, signal.reason.reason], [session.id, 'signout']);
});

test('the signal of a session fires when it may have ended in a forgotten part of the log', async (context) => {
  const { issuer, verifier } = await startReady(context, {}, (before) => {
    before.append({ user: 1 });
  });
  const signalOf = async ({ token, credential }: { token: string; credential: string }) =>
    (await verifier.authenticate(token, credential)).signal;
  const [before, within] = [issuer.session(), issuer.session({ rev: 9 })];
  const old = await signalOf(before);
  issuer.overrides.set('/auth/authenticate', (_, response) =>
    json(response, 200, { userId: 4503599627370495, sessionId: within.id }),
  );
  const asked = await signalOf(within);
  // Nine entries while the verifier is away; nobody keeps the first eight.
  issuer.log = [{ ...issuer.log[0]!, seq: 9 }];
  issuer.from = 8;
  issuer.cut();
  await until(() => verifier.status().position === 9);
  assert.ok(old.aborted && old.reason instanceof SessionEnded);
  assert.equal(old.reason.reason, 'unknown');
  assert.equal(asked.aborted, false);
  issuer.append({ session: within.id });
  await until(() => asked.aborted);
  // The session may still be live: its signals are new ones.
  const fresh = issuer.session();
  assert.equal((await signalOf({ ...fresh })).aborted, false);
});

test('no signal fires when the log resumes, nor with a snapshot that lacks nothing', async (context) => {
  const { issuer, verifier } = await startReady(context, {}, (before) => {
    before.append({ user: 1 });
  });
  const { token, credential } = issuer.session();
  const { signal } = await verifier.authenticate(token, credential);
  issuer.send('snapshot', { from: 0, position: 1, head: 1, time: issuer.now(), entries: issuer.log });
  issuer.cut();
  const { seq } = issuer.append({ user: 2 });
  await until(() => verifier.status().position === seq);
  assert.equal(signal.aborted, false);
});

test('callbacks that fail, at once or later, do no harm', async (context) => {
  const warnings: string[] = [];
  const fail = async (): Promise<never> => {
    throw new Error('failed');
  };
  const { issuer, verifier } = await startReady(context, {
    onSessionEnd: fail,
    logger: { info: fail, warn: (message) => fail().finally(() => warnings.push(message)) },
  });
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on('unhandledRejection', note);
  context.after(() => process.off('unhandledRejection', note));
  issuer.append({ session: issuer.session().id });
  await until(() => verifier.status().position === issuer.head && warnings.length > 0);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(unhandled, []);
  assert.deepEqual(warnings, ['latchkey: onSessionEnd threw']);
});

test('sessions that ended before the start are not told, however many messages hold them', async (context) => {
  const ends: SessionEnd[] = [];
  const onSessionEnd = (end: SessionEnd) => void ends.push(end);
  const { issuer, verifier } = await start(context, { onSessionEnd }, (before) => {
    for (let count = 0; count < 3; count += 1) before.append({ session: newSession().id });
    before.overrides.set('/auth/revocations', (_, response) => {
      const log = before.log;
      const common = { head: 3, time: before.now() };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const first = { from: 0, position: 1, entries: log.slice(0, 1), ...common };
      response.write(`event: snapshot\ndata: ${JSON.stringify(first)}\n\n`);
      response.write(`event: entries\ndata: ${JSON.stringify({ entries: log.slice(1), ...common })}\n\n`);
      const later = { ...log[0]!, seq: 4, subject: { session: newSession().id } };
      const news = JSON.stringify({ entries: [later], head: 4, time: before.now() });
      response.write(`event: entries\ndata: ${news}\n\n`);
    });
  });
  await until(() => verifier.status().position === 4);
  assert.deepEqual(
    ends.map(({ seq }) => seq),
    [4],
  );
  assert.equal(issuer.log.length, 3);
});

test('a session that ended before the verifier started is refused', async (context) => {
  const session = newSession();
  const ends: SessionEnd[] = [];
  const { issuer, verifier } = await startReady(
    context,
    { onSessionEnd: (end) => ends.push(end) },
    (before) => {
      before.append({ session: session.id });
    },
  );
  await refused(verifier.authenticate(mint(issuer.key, session, issuer.url), session.credential), 'revoked');
  assert.deepEqual(ends, []);
});

test('entries about users, sites, keys and all concern earlier tokens', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const subjects = [{ user: 4503599627370495 }, { site: '77' }, { all: true }] as const;
  for (const subject of subjects) {
    const session = issuer.session();
    await verifier.authenticate(session.token, session.credential);
    issuer.append(subject, 'refresh');
    await until(() => verifier.status().lag === 0 && verifier.status().position === issuer.head);
    await refused(verifier.authenticate(session.token, session.credential), 'refreshed');
    const renewed = mint(issuer.key, session, issuer.url, { rev: issuer.head });
    await verifier.authenticate(renewed, session.credential);
    issuer.append(subject, 'reject');
    await until(() => verifier.status().position === issuer.head);
    await refused(verifier.authenticate(renewed, session.credential), 'revoked');
  }
  issuer.append({ key: 'key-1' });
  await until(() => verifier.status().position === issuer.head);
  const session = issuer.session();
  await refused(verifier.authenticate(session.token, session.credential), 'key-revoked');
});

test('a remembered token expires', async (context) => {
  const { issuer, verifier } = await startReady(context, { clockSkew: 0 });
  const now = Math.floor(Date.now() / 1000);
  const session = issuer.session({ iat: now - 10, exp: now + 2 });
  await verifier.authenticate(session.token, session.credential);
  await new Promise((resolve) => setTimeout(resolve, (now + 2) * 1000 - Date.now() + 20));
  await refused(verifier.authenticate(session.token, session.credential), 'expired');
});

test('a token that has expired by the server’s clock is refused, though ours is slow', async (context) => {
  const { issuer, verifier } = await startReady(context, {}, (before) => {
    before.now = () => Math.floor(Date.now() / 1000) + 600;
  });
  const session = issuer.session();
  await refused(verifier.authenticate(session.token, session.credential), 'expired');
  assert.equal(verifier.status().clockDifference, 600);
});

test('a token from a later position waits for the log to arrive', async (context) => {
  const { issuer, verifier } = await startReady(context, { onStale: 'reject' });
  const session = newSession();
  const token = mint(issuer.key, session, issuer.url, { rev: 1 });
  const waiting = verifier.authenticate(token, session.credential);
  setTimeout(() => issuer.append({ user: 1 }), 50);
  assert.equal((await waiting).sessionId, session.id);
  const beyond = mint(issuer.key, session, issuer.url, { rev: 3 });
  await refused(verifier.authenticate(beyond, session.credential), 'lagging');
});

test('keys: an unknown one is requested once, and not again soon', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = newSession();
  const next = newKey('key-2');
  issuer.jwks = { keys: [issuer.key.jwk, next.jwk] };
  const token = mint(next, session, issuer.url);
  const [a, b] = await Promise.all([1, 2].map(() => verifier.authenticate(token, session.credential)));
  assert.equal(a?.sessionId, b?.sessionId);
  for (const kid of ['key-3', 'key-4', 'key-5']) {
    await refused(
      verifier.authenticate(mint(newKey(kid), session, issuer.url), session.credential),
      'unknown-key',
    );
  }
  assert.equal(issuer.paths('/.well-known/jwks.json'), 2);
});

test('keys: one that cannot be requested is an outage, not a refusal', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const known = issuer.session();
  for (const [status, body] of [
    [503, '{}'],
    [200, '<html>'],
    [200, '{"keys":[]}'],
  ] as const) {
    issuer.overrides.set('/.well-known/jwks.json', (_, response) => response.writeHead(status).end(body));
    const session = newSession();
    const token = mint(newKey('key-2'), session, issuer.url);
    await refused(verifier.authenticate(token, session.credential), 'keys-unavailable');
    await verifier.authenticate(known.token, known.credential);
  }
});

test('close ends everything, and may be repeated', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  await verifier.authenticate(session.token, session.credential);
  verifier.close();
  verifier.close();
  await refused(verifier.authenticate(session.token, session.credential), 'closed');
  await refused(verifier.ready(), 'closed');
  assert.equal(verifier.status().ready, false);
  await until(() => issuer.streams === 0);
});

test('close ends waiting calls', async (context) => {
  const { issuer, verifier } = await start(context, {}, (before) => {
    before.overrides.set('/.well-known/jwks.json', () => {});
  });
  const session = issuer.session();
  const calls = [verifier.ready(), verifier.authenticate(session.token, session.credential)];
  setTimeout(() => verifier.close(), 20);
  await refused(calls[0] as Promise<unknown>, 'closed');
  await refused(calls[1] as Promise<unknown>, 'keys-unavailable');
});

test('a process ends by itself after close', async (context) => {
  const { issuer } = await start(context);
  const script = fileURLToPath(new URL('../../test/short-lived.ts', import.meta.url));
  const child = spawn(process.execPath, [script, issuer.url, serviceKey], { timeout: 10_000 });
  const output = child.stdout.toArray();
  const [code, signal] = await once(child, 'exit');
  assert.deepEqual([code, signal, String(await output)], [0, null, 'ready\n']);
});
