import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, until } from '../../test/issuer.ts';
import { mint, newKey, newSession } from '../../test/mint.ts';
import { refused, start, startReady } from '../../test/start.ts';
import { InvalidCredentials, Unavailable } from '../index.ts';

const whoAmI = '/auth/who-am-i';
const userId = 4503599627370495;

test('a cookie is exchanged once, under the service key, and then judged without a request', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const { credential, id } = issuer.session({ roles: ['admin'] });
  const together = Array.from({ length: 50 }, () => verifier.authenticateCookie(credential));
  for (const caller of await Promise.all(together)) {
    assert.deepEqual([caller.userId, caller.sessionId, caller.roles], [userId, id, ['admin']]);
  }
  await issuer.stop();
  for (let i = 0; i < 10; i += 1) await verifier.authenticateCookie(credential);
  const asked = issuer.requests.filter(({ url }) => url === whoAmI);
  assert.deepEqual(
    asked.map(({ method, headers }) => [method, headers['x-session-id'], headers.cookie]),
    [['POST', credential, undefined]],
  );
  assert.deepEqual(verifier.status().cookies, { size: 1, exchanges: 1 });
});

test('each session has its own token', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const [one, two] = [issuer.session(), issuer.session()];
  const [first, second] = await Promise.all([one, two].map((s) => verifier.authenticateCookie(s.credential)));
  assert.deepEqual([first?.sessionId, second?.sessionId], [one.id, two.id]);
});

test('an ended session is refused by the log, also where the issuer is gone or still says yes', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const [session, other] = [issuer.session(), issuer.session()];
  const { signal } = await verifier.authenticateCookie(session.credential);
  await verifier.authenticateCookie(other.credential);
  issuer.append({ session: session.id });
  await until(() => signal.aborted);
  await refused(verifier.authenticateCookie(session.credential), 'revoked');
  await verifier.authenticateCookie(other.credential);
  assert.equal(issuer.paths(whoAmI), 2);
  // A request that was in flight while the session ended.
  const late = issuer.session();
  issuer.overrides.set(whoAmI, (request, response) => {
    issuer.overrides.delete(whoAmI);
    setTimeout(() => issuer.whoAmI(request, response), 150);
  });
  const asking = verifier.authenticateCookie(late.credential);
  await until(() => issuer.paths(whoAmI) === 3);
  issuer.append({ session: late.id });
  await refused(asking, 'revoked');
  await issuer.stop();
  await refused(verifier.authenticateCookie(late.credential), 'revoked');
});

test('a changed role or a new key of the issuer is fetched, and nobody has to renew', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const { credential } = issuer.session({ roles: [] });
  assert.deepEqual((await verifier.authenticateCookie(credential)).roles, []);
  issuer.live.set(credential, { roles: ['admin'] });
  issuer.append({ user: userId }, 'refresh');
  await until(() => verifier.status().position === 1);
  assert.deepEqual((await verifier.authenticateCookie(credential)).roles, ['admin']);
  assert.equal(issuer.paths(whoAmI), 2);

  const old = issuer.key;
  const next = newKey('key-2');
  issuer.jwks = { keys: [next.jwk] };
  Object.assign(issuer, { key: next });
  issuer.append({ key: old.kid });
  await until(() => verifier.status().position === 2);
  assert.deepEqual((await verifier.authenticateCookie(credential)).roles, ['admin']);
  assert.equal(issuer.paths(whoAmI), 3);
});

test('a cut-off of the whole account is the issuer to decide about: the session may be a later one', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const [ended, kept] = [issuer.session(), issuer.session()];
  for (const { credential } of [ended, kept]) await verifier.authenticateCookie(credential);
  issuer.live.delete(ended.credential);
  issuer.append({ user: userId }, 'reject', 390, { sessions: [ended.id] });
  await until(() => verifier.status().position === 1);
  await refused(verifier.authenticateCookie(ended.credential), 'introspection-refused');
  await verifier.authenticateCookie(kept.credential);
});

test('what the issuer refused is not asked about again for a while, and a bad cookie never', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const { credential } = newSession();
  for (let i = 0; i < 5; i += 1)
    await refused(verifier.authenticateCookie(credential), 'introspection-refused');
  assert.equal(issuer.paths(whoAmI), 1);
  for (const bad of [
    '',
    'x',
    `${credential}=`,
    credential.slice(1),
    `${credential}\n`,
    undefined,
    null,
    5,
    {},
    [],
  ]) {
    await refused(verifier.authenticateCookie(bad), 'malformed-credential');
  }
  assert.equal(issuer.paths(whoAmI), 1);
});

test('cookies that anybody can make up reach the issuer a few at a time', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  let [open, most] = [0, 0];
  issuer.overrides.set(whoAmI, (request, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      issuer.whoAmI(request, response);
    }, 20);
  });
  const forged = Array.from({ length: 300 }, () =>
    refused(verifier.authenticateCookie(newSession().credential), 'introspection-refused'),
  );
  const mine = verifier.authenticateCookie(session.credential);
  await Promise.all(forged);
  assert.equal((await mine).userId, userId);
  assert.ok(most <= 64, `${most} at once`);
});

test('where the issuer does not keep up, the cookies that wait are an outage, also when the verifier closes', async (context) => {
  const { issuer, verifier } = await startReady(context);
  issuer.overrides.set(whoAmI, () => {});
  const ask = () => verifier.authenticateCookie(newSession().credential).catch((error) => error.reason);
  const asked = Array.from({ length: 64 }, ask);
  assert.equal(await ask(), 'introspection-failed');
  const waiting = ask();
  verifier.close();
  assert.deepEqual(new Set(await Promise.all([...asked, waiting])), new Set(['introspection-failed']));
  assert.equal(issuer.paths(whoAmI), 64);
});

test('what the issuer refused is not accepted with a token either, while the log is late', async (context) => {
  const { issuer, verifier } = await startReady(context, { onStale: 'reject' });
  const session = issuer.session();
  await verifier.authenticate(session.token, session.credential);
  issuer.live.delete(session.credential);
  await refused(verifier.authenticateCookie(session.credential), 'introspection-refused');
  await refused(verifier.authenticate(session.token, session.credential), 'lagging');
  // But a stranger who knows the public id casts no doubt on the session.
  const other = issuer.session();
  const forged = `${other.id}.${'A'.repeat(43)}`;
  await refused(verifier.authenticateCookie(forged), 'introspection-refused');
  await verifier.authenticate(other.token, other.credential);
});

test('an outage is never a refusal, and is over when it is over', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  const answers: [number, unknown][] = [
    [500, {}],
    [503, { code: 'UNAVAILABLE' }],
    [429, { code: 'TOO_MANY_REQUESTS' }],
    [404, { code: 'NOT_FOUND' }],
    [403, { code: 'NO_PERMISSIONS' }],
    [401, {}],
    [401, { code: 'SIGN_IN_AT_THE_PROXY' }],
    [302, {}],
    [200, {}],
    [200, { token: 5 }],
    [200, []],
  ];
  for (const [status, body] of answers) {
    issuer.overrides.set(whoAmI, (_request, response) => json(response, status, body));
    await assert.rejects(verifier.authenticateCookie(session.credential), Unavailable, `${status}`);
  }
  issuer.overrides.set(whoAmI, (request) => request.destroy());
  await assert.rejects(verifier.authenticateCookie(session.credential), Unavailable);
  issuer.overrides.delete(whoAmI);
  await verifier.authenticateCookie(session.credential);
});

test('a new token that cannot be judged yet is an outage, and not a session that has ended', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  const now = issuer.now();
  // The issuer's clock was set forward since its last message, or stood still for long.
  for (const iat of [now + 60, now - 900]) {
    issuer.live.set(session.credential, { iat, exp: iat + 300 });
    await refused(verifier.authenticateCookie(session.credential), 'lagging');
  }
  // A stranger had the keys asked for a moment ago, so they are not asked for again.
  await refused(
    verifier.authenticate(mint(newKey('made-up'), session, issuer.url), session.credential),
    'unknown-key',
  );
  const next = newKey('key-2');
  issuer.jwks = { keys: [next.jwk] };
  Object.assign(issuer, { key: next });
  issuer.live.set(session.credential, {});
  await refused(verifier.authenticateCookie(session.credential), 'lagging');
});

test("the issuer's answer must belong to the cookie, whatever it says", async (context) => {
  const { issuer, verifier } = await startReady(context);
  const [session, other] = [issuer.session(), issuer.session()];
  issuer.overrides.set(whoAmI, (_request, response) => json(response, 200, { token: other.token }));
  await assert.rejects(verifier.authenticateCookie(session.credential), InvalidCredentials);
});

test('before the first snapshot and after close it is an outage', async (context) => {
  const { issuer, verifier } = await start(context, { onStale: 'reject' }, ({ overrides }) => {
    overrides.set('/auth/revocations', (_request, response) => json(response, 503, {}));
  });
  const { credential } = issuer.session();
  await assert.rejects(verifier.authenticateCookie(credential), Unavailable);
  verifier.close();
  await refused(verifier.authenticateCookie(credential), 'closed');
  await refused(verifier.renew('x', credential), 'closed');
});

test('renewing is for an expired token of this very session', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const now = issuer.now();
  const [session, other] = [issuer.session(), issuer.session()];
  const expired = mint(issuer.key, session, issuer.url, { iat: now - 9000, exp: now - 8700 });
  await refused(verifier.authenticate(expired, session.credential), 'expired');
  const { token, caller } = await verifier.renew(expired, session.credential);
  assert.deepEqual([caller.userId, caller.sessionId], [userId, session.id]);
  assert.equal((await verifier.authenticate(token, session.credential)).sessionId, session.id);
  assert.equal((await verifier.renew(expired, session.credential)).token, token);
  assert.equal(issuer.paths(whoAmI), 1);

  await refused(verifier.renew(expired, other.credential), 'credential-mismatch');
  const stranger = mint(newKey('key-1'), session, issuer.url, { iat: now - 900, exp: now - 600 });
  await refused(verifier.renew(stranger, session.credential), 'bad-signature');
  await refused(verifier.renew(undefined, session.credential), 'malformed-token');
  await refused(verifier.renew(expired, undefined), 'malformed-credential');
  issuer.append({ session: session.id });
  await until(() => verifier.status().position === 1);
  await refused(verifier.renew(expired, session.credential), 'revoked');
  assert.equal(issuer.paths(whoAmI), 1);
});

test('without room for tokens it asks each time, and answers the same', async (context) => {
  const { issuer, verifier } = await startReady(context, { cacheSize: 0 });
  const { credential } = issuer.session();
  for (let i = 0; i < 3; i += 1) assert.equal((await verifier.authenticateCookie(credential)).userId, userId);
  assert.equal(issuer.paths(whoAmI), 3);
});
