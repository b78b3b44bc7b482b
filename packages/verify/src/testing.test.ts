import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createAdapter } from './adapter/adapter.ts';
import { InvalidCredentials, SessionEnded, TokenStale, Unavailable } from './index.ts';
import { requireFresh } from './node.ts';
import { createTestLatchkey, type TestLatchkey, type TestVerifierOptions } from './testing.ts';

async function start(context: TestContext, options?: TestVerifierOptions) {
  const latchkey = createTestLatchkey();
  context.after(() => latchkey.close());
  return { latchkey, verifier: await latchkey.createVerifier(options) };
}

test('signs a person in, for the real check', async (context) => {
  const { latchkey, verifier } = await start(context);
  const session = latchkey.openSession({ roles: ['admin', '77:manager'] });
  const { userId, sessionId, roles, authTime, expiresAt, amr } = await verifier.authenticate(
    session.token,
    session.cookie,
  );
  assert.deepEqual(
    { userId, sessionId, roles, authTime, expiresAt, amr },
    {
      userId: session.userId,
      sessionId: session.sessionId,
      roles: ['admin', '77:manager'],
      authTime: latchkey.now(),
      expiresAt: latchkey.now() + 300,
      amr: ['pwd'],
    },
  );
  const others = [latchkey.openSession(), latchkey.openSession({ userId: 42 })];
  assert.deepEqual(
    others.map((other) => other.userId),
    [2, 42],
  );
  await assert.rejects(verifier.authenticate(session.token, others[0]!.cookie), InvalidCredentials);
});

test('its headers are those of a request', async (context) => {
  const { latchkey, verifier } = await start(context);
  const { headers, pageHeaders, userId } = latchkey.openSession();
  const authenticate = createAdapter(verifier);
  for (const sent of [headers, pageHeaders]) {
    const head = { method: 'GET', target: '/', headers: Object.entries(sent).flat() };
    assert.equal((await authenticate(head)).caller?.userId, userId);
  }
});

test('a session that was ended is refused as soon as that resolves, and its signal has fired', async (context) => {
  const ends: string[] = [];
  const { latchkey, verifier } = await start(context, { onSessionEnd: ({ reason }) => ends.push(reason) });
  const [session, other] = [latchkey.openSession(), latchkey.openSession()];
  const { signal } = await verifier.authenticate(session.token, session.cookie);
  await session.end('credential-change');
  await assert.rejects(verifier.authenticate(session.token, session.cookie), InvalidCredentials);
  assert.ok(signal.aborted && signal.reason instanceof SessionEnded);
  assert.deepEqual(ends, ['credential-change']);
  await verifier.authenticate(other.token, other.cookie);
});

test('revokes and refreshes every kind of subject', async (context) => {
  const { latchkey, verifier } = await start(context);
  const session = latchkey.openSession({ roles: ['77:user'] });
  const { userId } = session;
  const check = ({ token, cookie } = session) => verifier.authenticate(token, cookie);
  await latchkey.refresh({ user: userId });
  await assert.rejects(check(), TokenStale);
  const renewed = session.renew({ roles: ['77:admin'] });
  assert.deepEqual((await check(renewed)).roles, ['77:admin']);
  await latchkey.revoke({ site: '78' });
  await check(renewed);
  await latchkey.revoke({ site: '77' });
  await assert.rejects(check(renewed), InvalidCredentials);
  const again = renewed.renew();
  await check(again);
  await latchkey.revoke({ all: true });
  await assert.rejects(check(again), InvalidCredentials);
});

test('exchanges a cookie without a token, as the real one does', async (context) => {
  const { latchkey, verifier } = await start(context);
  const session = latchkey.openSession({ roles: ['admin'] });
  assert.deepEqual((await verifier.authenticateCookie(session.cookie)).roles, ['admin']);
  session.renew({ roles: [] });
  await latchkey.refresh({ user: session.userId });
  assert.deepEqual((await verifier.authenticateCookie(session.cookie)).roles, []);
  await latchkey.advance('1h');
  const { caller, token } = await verifier.renew(session.token, session.cookie);
  assert.equal(caller.userId, session.userId);
  await verifier.authenticate(token, session.cookie);
  assert.equal(verifier.status().cookies.exchanges, 3);
  latchkey.goAway();
  await verifier.authenticateCookie(session.cookie);
  await assert.rejects(verifier.authenticateCookie(latchkey.openSession().cookie), Unavailable);
  await latchkey.comeBack();
  await session.end();
  await assert.rejects(verifier.authenticateCookie(session.cookie), InvalidCredentials);
  await assert.rejects(verifier.authenticateCookie('x'), InvalidCredentials);
});

test('moves the clock: tokens expire, and presence grows old', async (context) => {
  const { latchkey, verifier } = await start(context, { onStale: 'reject' });
  const session = latchkey.openSession();
  const check = ({ token, cookie } = session) => verifier.authenticate(token, cookie);
  const fresh = requireFresh('5m');
  assert.equal(
    fresh(await check(), () => undefined),
    undefined,
  );
  await latchkey.advance(301);
  const caller = await check();
  assert.equal(fresh(caller, () => undefined)?.code, 'REAUTH_REQUIRED');
  await latchkey.advance('1m');
  await assert.rejects(check(), { reason: 'expired' });
  assert.equal((await check(session.renew())).authTime, latchkey.now() - 361);
  await latchkey.advance('2d');
  await check(latchkey.openSession());
});

test('while the issuer is away it is an outage, and afterwards none', async (context) => {
  const { latchkey, verifier } = await start(context, { maxStaleness: 10_000 });
  const { token, cookie } = latchkey.openSession();
  latchkey.goAway();
  await verifier.authenticate(token, cookie);
  await latchkey.advance(11);
  await assert.rejects(verifier.authenticate(token, cookie), Unavailable);
  await verifier.authenticate(token, cookie, { onStale: 'accept' });
  const ended = latchkey.openSession();
  await ended.end();
  await latchkey.comeBack();
  await verifier.authenticate(token, cookie);
  await assert.rejects(verifier.authenticate(ended.token, ended.cookie), InvalidCredentials);
});

test('strange tokens are signed as well', async (context) => {
  const { latchkey, verifier } = await start(context);
  const session = latchkey.openSession();
  const reasons: Record<string, Record<string, unknown>> = {
    'wrong-audience': { aud: 'https://other.example.com' },
    'wrong-issuer': { iss: 'https://other.example.com' },
    'lifetime-too-long': { exp: latchkey.now() + 86_400 },
    'malformed-token': { sub: 'ada' },
  };
  for (const [reason, claims] of Object.entries(reasons)) {
    const { token, cookie } = session.withClaims(claims);
    await assert.rejects(verifier.authenticate(token, cookie), { reason });
  }
});

test('has the issuer and the audience of its options', async (context) => {
  const latchkey = createTestLatchkey({ issuer: 'https://id.example.com', audience: 'orders' });
  context.after(() => latchkey.close());
  const [orders, reports] = [
    await latchkey.createVerifier(),
    await latchkey.createVerifier({ audience: 'reports' }),
  ];
  const { token, cookie } = latchkey.openSession();
  assert.equal(orders.issuer, 'https://id.example.com');
  await orders.authenticate(token, cookie);
  await assert.rejects(reports.authenticate(token, cookie), { reason: 'wrong-audience' });
});

test('one Latchkey knows nothing of another: no key is shared, and none is fixed', async (context) => {
  const [{ verifier }, { latchkey }] = [await start(context), await start(context)];
  const { token, cookie } = latchkey.openSession();
  await assert.rejects(verifier.authenticate(token, cookie), { reason: 'unknown-key' });
});

test('several verifiers follow, also one that starts later, and a closed one delays nothing', async (context) => {
  const { latchkey, verifier } = await start(context);
  const session = latchkey.openSession();
  await session.end();
  const later = await latchkey.createVerifier();
  for (const each of [verifier, later]) {
    await assert.rejects(each.authenticate(session.token, session.cookie), InvalidCredentials);
  }
  verifier.close();
  await latchkey.openSession().end();
  await latchkey.advance('1h');
  await assert.rejects(verifier.authenticate(session.token, session.cookie), { reason: 'closed' });
});

test('needs no timers: tests may stop them', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate'] });
  const { latchkey, verifier } = await start(context);
  const session = latchkey.openSession();
  await verifier.authenticate(session.token, session.cookie);
  await session.end();
  await latchkey.advance('1m');
  await assert.rejects(verifier.authenticate(session.token, session.cookie), InvalidCredentials);
});

test('wrong options are refused, also those that are not for tests', async () => {
  const latchkey: TestLatchkey = createTestLatchkey();
  await assert.rejects(latchkey.createVerifier({ onStale: 'guess' } as never), TypeError);
  await assert.rejects(latchkey.advance('soon'), TypeError);
});

test('its issuer may have any spelling that a verifier takes', async (context) => {
  const latchkey = createTestLatchkey({ issuer: 'https://ID.example.com/' });
  context.after(() => latchkey.close());
  assert.equal(latchkey.issuer, 'https://id.example.com');
  const { authenticate } = await latchkey.createVerifier();
  const { token, cookie } = latchkey.openSession();
  await authenticate(token, cookie);
  assert.throws(() => createTestLatchkey({ issuer: 'id.example.com' }), TypeError);
});

test('what no log and no token can hold is a TypeError, and changes nothing', async (context) => {
  const { latchkey, verifier } = await start(context);
  const wrong = [undefined, {}, { user: '1' }, { user: 0 }, { site: 77 }, { session: 'x' }, { all: false }];
  for (const subject of [...wrong, { user: 1, site: '77' }] as never[]) {
    await assert.rejects(latchkey.revoke(subject), TypeError);
    await assert.rejects(latchkey.refresh(subject), TypeError);
  }
  await assert.rejects(latchkey.revoke({ user: 1 }, 5 as never), TypeError);
  for (const age of [1.5, Number.POSITIVE_INFINITY, -1, '5']) {
    await assert.rejects(latchkey.advance(age), TypeError);
  }
  const sessions = [{ userId: 0 }, { userId: 1.5 }, { userId: '5' }, { roles: 'admin' }, { roles: ['a b'] }];
  for (const session of [...sessions, { authTime: 1.5 }, { amr: 'pwd' }] as never[]) {
    assert.throws(() => latchkey.openSession(session), TypeError);
  }
  const { token, cookie, renew, end } = latchkey.openSession();
  assert.throws(() => renew({ roles: ['a b'] }), TypeError);
  await assert.rejects(end(5 as never), TypeError);
  await verifier.authenticate(token, cookie);
});

test('a new person is none of those before', async (context) => {
  const { latchkey } = await start(context);
  const ids = [{ userId: 2 }, {}, { userId: 4 }, {}, {}].map(
    (options) => latchkey.openSession(options).userId,
  );
  assert.equal(new Set(ids).size, ids.length, String(ids));
});

test('when a user is cut off, each open session ends once, as in Latchkey', async (context) => {
  const ends: string[] = [];
  const { latchkey } = await start(context, { onSessionEnd: ({ sessionId }) => ends.push(sessionId) });
  const [over, one, two] = [7, 7, 7].map((userId) => latchkey.openSession({ userId }));
  const other = latchkey.openSession({ userId: 8 });
  await over!.end();
  await latchkey.refresh({ user: 7 });
  await latchkey.revoke({ site: '77' });
  await latchkey.revoke({ user: 7 }, 'account-disabled');
  assert.deepEqual(
    ends,
    [over, one, two].map((each) => each!.sessionId),
  );
  await latchkey.revoke({ all: true });
  await latchkey.revoke({ all: true });
  assert.deepEqual(ends.slice(3), [other.sessionId]);
});
