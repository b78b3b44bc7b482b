import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Issuer, json, until } from '../../test/issuer.ts';
import { mint, newSession } from '../../test/mint.ts';
import { refused, start, startReady } from '../../test/start.ts';
import { Unavailable, type Verifier } from '../index.ts';

const stale = { maxStaleness: 200 };

async function goStale(issuer: Issuer, verifier: Verifier): Promise<void> {
  issuer.overrides.set('/auth/revocations', (request) => request.socket.destroy());
  issuer.cut();
  await until(() => verifier.status().staleness > stale.maxStaleness);
}

const answer = (issuer: Issuer, status: number, body: unknown) => {
  issuer.overrides.set('/auth/authenticate', (_, response) => json(response, status, body));
};

test('without contact for a moment, it goes on', async (context) => {
  const { issuer, verifier } = await startReady(context, { maxStaleness: 60_000, onStale: 'reject' });
  const session = issuer.session();
  await issuer.stop();
  await until(() => !verifier.status().connected);
  assert.equal((await verifier.authenticate(session.token, session.credential)).sessionId, session.id);
});

test('stale, it asks the issuer', async (context) => {
  const { issuer, verifier } = await startReady(context, stale);
  const session = issuer.session();
  await verifier.authenticate(session.token, session.credential);
  await goStale(issuer, verifier);
  answer(issuer, 200, { userId: 4503599627370495, sessionId: session.id });
  const { sessionId, roles } = await verifier.authenticate(session.token, session.credential);
  assert.deepEqual([sessionId, roles], [session.id, ['user', '77:manager']]);
  const asked = issuer.requests.find(({ url }) => url === '/auth/authenticate');
  assert.equal(asked?.method, 'POST');
  assert.equal(asked?.headers.authorization, `Bearer ${session.token}`);
  assert.equal(asked?.headers['x-session-id'], session.credential);
  answer(issuer, 401, { code: 'INVALID_CREDENTIALS' });
  await refused(verifier.authenticate(session.token, session.credential), 'introspection-refused');
  // From something between the verifier and the issuer.
  answer(issuer, 401, {});
  await refused(verifier.authenticate(session.token, session.credential), 'introspection-failed');
  answer(issuer, 401, { code: 'TOKEN_STALE' });
  await refused(verifier.authenticate(session.token, session.credential), 'refreshed');
});

test('what the issuer refused online is not accepted by an older replica', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  const { token: older, credential } = session;
  const newer = mint(issuer.key, session, issuer.url, { rev: 1 });
  assert.ok(await verifier.authenticate(older, credential));
  answer(issuer, 401, { code: 'INVALID_CREDENTIALS' });
  // The log that the newer token tells of has not come yet, nor has the end of the session.
  await refused(verifier.authenticate(newer, credential), 'introspection-refused');
  await refused(verifier.authenticate(older, credential), 'introspection-refused');
  await refused(verifier.authenticate(older, credential, { onStale: 'reject' }), 'lagging');
  await refused(verifier.authenticate(older, credential, { onStale: 'accept' }), 'lagging');
  issuer.append({ user: 1 });
  await until(() => verifier.status().position === 1);
  await refused(verifier.authenticate(newer, credential), 'introspection-refused');
  const other = issuer.session();
  assert.ok(await verifier.authenticate(other.token, other.credential));
  issuer.append({ session: session.id });
  await until(() => verifier.status().position === 2);
  await refused(verifier.authenticate(older, credential), 'revoked');
});

test('what the issuer refused online is decided locally again once the replica must know', async (context) => {
  const { issuer, verifier } = await startReady(context, stale);
  const session = issuer.session();
  await goStale(issuer, verifier);
  answer(issuer, 401, { code: 'TOKEN_STALE' });
  await refused(verifier.authenticate(session.token, session.credential), 'refreshed');
  issuer.overrides.delete('/auth/revocations');
  await until(() => verifier.status().staleness < stale.maxStaleness);
  await until(() => verifier.authenticate(session.token, session.credential).then(Boolean, () => false));
});

test('stale, any other answer of the issuer is an outage', async (context) => {
  const { issuer, verifier } = await startReady(context, stale);
  const session = issuer.session();
  await goStale(issuer, verifier);
  const good = { userId: 4503599627370495, sessionId: session.id };
  const bad: [number, unknown][] = [
    [500, {}],
    [503, { code: 'INVALID_CREDENTIALS' }],
    [404, {}],
    [200, {}],
    [200, null],
    [204, good],
    [200, { ...good, userId: 1 }],
    [200, { ...good, sessionId: newSession().id }],
  ];
  for (const [status, body] of bad) {
    answer(issuer, status, body);
    await refused(verifier.authenticate(session.token, session.credential), 'introspection-failed');
  }
  issuer.overrides.set('/auth/authenticate', (_, response) =>
    response.writeHead(302, { location: '/ok' }).end(),
  );
  issuer.overrides.set('/ok', (_, response) => json(response, 200, good));
  await refused(verifier.authenticate(session.token, session.credential), 'introspection-failed');
  assert.equal(issuer.paths('/ok'), 0);
  await issuer.stop();
  await refused(verifier.authenticate(session.token, session.credential), 'introspection-failed');
});

test('stale, what is known to be bad is refused without asking', async (context) => {
  const { issuer, verifier } = await startReady(context, stale);
  const ended = issuer.session();
  const changed = issuer.session({ sub: '7' });
  issuer.append({ session: ended.id });
  issuer.append({ user: 7 }, 'refresh');
  await until(() => verifier.status().position === 2);
  await goStale(issuer, verifier);
  answer(issuer, 200, { userId: 4503599627370495, sessionId: ended.id });
  await refused(verifier.authenticate(ended.token, ended.credential), 'revoked');
  await refused(verifier.authenticate(changed.token, changed.credential), 'refreshed');
  await refused(verifier.authenticate(ended.token, changed.credential), 'credential-mismatch');
  assert.equal(issuer.paths('/auth/authenticate'), 0);
});

test('stale, it rejects or accepts by its option, or by that of the call', async (context) => {
  const { issuer, verifier } = await startReady(context, { ...stale, onStale: 'reject' });
  const session = issuer.session();
  await goStale(issuer, verifier);
  const { token, credential } = session;
  await refused(verifier.authenticate(token, credential), 'stale');
  assert.equal((await verifier.authenticate(token, credential, { onStale: 'accept' })).sessionId, session.id);
  await refused(verifier.authenticate(token, credential), 'stale');
  await refused(verifier.authenticate(token, credential, { onStale: 'yes' as never }), 'stale');
  const trap = {
    get onStale(): never {
      throw new Error('trap');
    },
  };
  await refused(verifier.authenticate(token, credential, trap), 'stale');
  answer(issuer, 200, { userId: 4503599627370495, sessionId: session.id });
  assert.ok(await verifier.authenticate(token, credential, { onStale: 'introspect' }));
  issuer.overrides.delete('/auth/revocations');
  await until(() => verifier.status().connected);
  assert.ok(await verifier.authenticate(token, credential));
});

for (const onStale of ['accept', 'reject'] as const) {
  test(`before a snapshot nothing is accepted: ${onStale}`, async (context) => {
    const { issuer, verifier } = await start(context, { onStale }, (before) => {
      before.overrides.set('/auth/revocations', (request) => request.socket.destroy());
    });
    const session = issuer.session();
    await refused(verifier.authenticate(session.token, session.credential), 'not-ready');
    await refused(verifier.ready({ timeout: 50 }), 'ready-timeout');
    assert.equal(verifier.status().ready, false);
  });
}

test('before a snapshot it asks the issuer', async (context) => {
  const { issuer, verifier } = await start(context, {}, (before) => {
    before.overrides.set('/auth/revocations', (request) => request.socket.destroy());
  });
  const session = issuer.session();
  answer(issuer, 200, { userId: 4503599627370495, sessionId: session.id });
  assert.equal((await verifier.authenticate(session.token, session.credential)).sessionId, session.id);
});

test('a snapshot that does not reach the head is not enough', async (context) => {
  const { issuer, verifier } = await start(context, { onStale: 'reject' }, (before) => {
    before.heartbeatEvery = 60_000;
    before.overrides.set('/auth/revocations', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const data = { from: 0, position: 0, head: 5, time: before.now(), entries: [] };
      response.write(`event: snapshot\ndata: ${JSON.stringify(data)}\n\n`);
    });
  });
  const session = issuer.session();
  await until(() => verifier.status().lag === 5);
  assert.equal(verifier.status().ready, false);
  await refused(verifier.authenticate(session.token, session.credential), 'stale');
});

test('a snapshot with a gap counts for nothing', async (context) => {
  const ends: string[] = [];
  const onSessionEnd = ({ sessionId }: { sessionId: string }) => void ends.push(sessionId);
  const { issuer, verifier } = await startReady(context, { onSessionEnd });
  const first = issuer.append({ session: newSession().id });
  await until(() => ends.length === 1);
  const entries = [first, { ...first, seq: 3, subject: { session: newSession().id } }];
  issuer.send('snapshot', { from: 0, position: 2, head: 3, time: issuer.now(), entries });
  issuer.append({ session: newSession().id });
  await until(() => verifier.status().position === 2);
  assert.equal(ends.length, 2);
});

test('a refused service key is reported, and it keeps trying', async (context) => {
  const warnings: string[] = [];
  const logger = { info: () => {}, warn: (message: string) => void warnings.push(message) };
  const { verifier } = await start(context, { serviceKey: 'another-key', onStale: 'reject', logger });
  await refused(verifier.ready(), 'service-key-refused');
  await refused(verifier.ready(), 'service-key-refused');
  const told = warnings.filter((message) => message.includes('service key'));
  assert.equal(told.length, 1);
  assert.ok(!warnings.join().includes('another-key'));
});

test('an outage ends within two seconds of the issuer’s return', async (context) => {
  const { issuer, verifier } = await startReady(context, { onStale: 'reject', maxStaleness: 100 });
  const session = issuer.session();
  await issuer.stop();
  await until(() => verifier.status().staleness > 100);
  await assert.rejects(verifier.authenticate(session.token, session.credential), Unavailable);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  issuer.append({ session: newSession().id });
  await issuer.start();
  await until(() => verifier.status().position === 1);
  assert.ok(await verifier.authenticate(session.token, session.credential));
  const renewed = mint(issuer.key, session, issuer.url, { rev: 1 });
  assert.ok(await verifier.authenticate(renewed, session.credential));
});
