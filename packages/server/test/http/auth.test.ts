import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { it } from 'node:test';
import { setAccountActive } from '../../src/accounts/set-account-active.ts';
import { grantRoles } from '../../src/roles/grant-roles.ts';
import { refused, run, scenario } from './support/scenario.ts';
import { newPassword, onEachStore, type Proof, type World } from './support/world.ts';

const login = (username: unknown, password: unknown) => ({
  method: 'POST',
  path: '/auth/login',
  json: { username, password },
});
const authenticate = { method: 'POST', path: '/auth/authenticate' };
const whoAmI = { method: 'POST', path: '/auth/who-am-i' };
const logout = { method: 'POST', path: '/auth/logout' };
const minute = 60_000;

/** Anna by part B, and somebody else. */
async function two(w: World) {
  const anna = await w.person();
  const ben = await w.person();
  return { anna, ben, proof: await w.login(anna), other: await w.login(ben) };
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}

onEachStore('Login', (world) => {
  run(world, [
    scenario({
      name: 'gives a token for the cookie that it sets',
      given: (w) => w.person(),
      request: ({ login: name, password }) => login(name, password),
      cookie: 'set',
      body: ({ id }) => ({ userId: Number(id) }),
      async afterwards({ id }, answer, w) {
        const { token, expiresAt, sessionId } = answer.json as unknown as Proof;
        const [credential] = answer.cookies.map(({ value }) => value);
        assert.deepEqual(Object.keys(answer.json).sort(), ['expiresAt', 'sessionId', 'token', 'userId']);
        assert.ok(credential!.startsWith(`${sessionId}.`));
        assert.ok(!answer.text.includes(credential!.slice(23)), 'the credential is in the cookie alone');
        const claims = claimsOf(token);
        const { publicUrl } = w.app.config;
        assert.partialDeepStrictEqual(claims, { iss: publicUrl, aud: publicUrl, sub: id, sid: sessionId });
        assert.partialDeepStrictEqual(claims, { exp: expiresAt, roles: [], amr: ['pwd'] });
        assert.equal(Number(claims.exp) - Number(claims.iat), 300);
        assert.equal(claims.rev, await w.head());
        await w.assertLive({ credential: credential! });
      },
    }),
    scenario({
      name: 'by the id of the account, whatever cookies are there',
      given: (w) => w.person(),
      request: ({ id, password }, w) => ({
        ...login(id, password),
        headers: { cookie: `${w.cookieName}=a; ${w.cookieName}=b`, 'x-session-id': 'c' },
      }),
      cookie: 'set',
    }),
    refused('a missing password', { ...login('a', undefined) }, 'INVALID_DATA'),
    refused('a number for a name', login(1, 'a'), 'INVALID_DATA'),
  ]);

  it('fails in one way, to the byte but for the id of the request', async () => {
    const w = world();
    const { login: name, password } = await w.person();
    const disabled = await w.person();
    await setAccountActive(w.app.context, { accountId: disabled.id, active: false });
    const attempts = [
      login('nobody-at-all', password),
      login('', ''),
      login('4503599627370497', password),
      login('a b\u0000', password),
      login('n'.repeat(5000), password),
      login(name, newPassword()),
      login(name, ''),
      login(name, password.slice(0, -1)),
      login(name, 'p'.repeat(5000)),
      login(disabled.login, disabled.password),
      login(disabled.login, newPassword()),
    ];
    const texts = new Set<string>();
    for (const attempt of attempts) {
      const answer = await w.call({ ...attempt, headers: { 'x-request-id': 'same' } });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.cookies, []);
      texts.add(answer.text);
    }
    assert.deepEqual([...texts].length, 1, [...texts].join('\n'));
    assert.match([...texts][0]!, /"code":"INVALID_CREDENTIALS"/);
  });

  it('issues tokens that the published keys verify', async () => {
    const w = world();
    const { token } = await w.login(await w.person());
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const { json } = await w.call({ method: 'GET', path: '/.well-known/jwks.json' });
    const jwk = (json.keys as { kid: string; d?: string }[]).find((key) => key.kid === kid)!;
    assert.equal(jwk.d, undefined);
    const key = createPublicKey({ key: jwk as never, format: 'jwk' });
    const signed = Buffer.from(`${header}.${payload}`);
    assert.ok(
      verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
    );
  });
});

onEachStore('Authenticate', (world) => {
  run(world, [
    scenario({
      name: 'token and cookie of one session',
      given: two,
      request: ({ proof }, w) => ({ ...authenticate, headers: w.byProof(proof) }),
      body: ({ anna, proof }) => ({ userId: Number(anna.id), sessionId: proof.sessionId }),
    }),
    scenario({
      name: 'the scheme in another case',
      given: two,
      request: ({ proof }, w) => ({
        ...authenticate,
        headers: { ...w.byProof(proof), authorization: `bearer ${proof.token}` },
      }),
    }),
    ...Object.entries<(p: Proof, o: Proof, w: World) => Record<string, string>>({
      nothing: () => ({}),
      'the token alone': ({ token }) => ({ authorization: `Bearer ${token}` }),
      'the cookie alone': (p, _o, w) => w.byCookie(p),
      "somebody else's token": (p, o, w) => w.byProof({ ...p, token: o.token }),
      "somebody else's cookie": (p, o, w) => w.byProof({ ...p, credential: o.credential }),
      'the public id as cookie': (p, _o, w) => w.byProof({ ...p, credential: p.sessionId }),
      'an empty cookie': (p, _o, w) => w.byProof({ ...p, credential: '' }),
      'an empty token': (p, _o, w) => w.byProof({ ...p, token: '' }),
      'the credential as token': (p, _o, w) => w.byProof({ ...p, token: p.credential }),
      'the token as cookie': (p, _o, w) => w.byProof({ ...p, credential: p.token }),
      'a token cut short': (p, _o, w) => w.byProof({ ...p, token: p.token.slice(0, -1) }),
      'a token with more': (p, _o, w) => w.byProof({ ...p, token: `${p.token}A` }),
      'a padded token': (p, _o, w) => w.byProof({ ...p, token: `${p.token}==` }),
      'a long token': (p, _o, w) => w.byProof({ ...p, token: 'a'.repeat(8000) }),
      'Bearer twice': (p, _o, w) => w.byProof({ ...p, token: `Bearer ${p.token}` }),
      'two spaces': (p, _o, w) => w.byProof({ ...p, token: ` ${p.token}` }),
      'a tab': (p, _o, w) => w.byProof({ ...p, token: `\t${p.token}` }),
      'a list': (p, _o, w) => w.byProof({ ...p, token: `${p.token}, ${p.token}` }),
      'no scheme': (p, _o, w) => ({ ...w.byProof(p), authorization: p.token }),
    }).map(([name, headers]) =>
      scenario({
        name,
        given: two,
        request: ({ proof, other }, w) => ({ ...authenticate, headers: headers(proof, other, w) }),
        code: 'INVALID_CREDENTIALS',
        afterwards: ({ proof }, _answer, w) => w.assertLive(proof),
      }),
    ),
    scenario({
      name: 'a token that has expired',
      given: two,
      request({ proof }, w) {
        w.clock.move(6 * minute);
        return { ...authenticate, headers: w.byProof(proof) };
      },
      code: 'INVALID_CREDENTIALS',
    }),
    scenario({
      name: 'a session that was closed',
      given: async (w) => {
        const given = await two(w);
        await w.call({ ...logout, headers: w.byProof(given.proof) });
        return given;
      },
      request: ({ proof }, w) => ({ ...authenticate, headers: w.byProof(proof) }),
      code: 'INVALID_CREDENTIALS',
    }),
    scenario({
      name: 'an account that was disabled',
      given: async (w) => {
        const given = await two(w);
        await setAccountActive(w.app.context, { accountId: given.anna.id, active: false });
        return given;
      },
      request: ({ proof }, w) => ({ ...authenticate, headers: w.byProof(proof) }),
      code: 'INVALID_CREDENTIALS',
    }),
  ]);
});

onEachStore('WhoAmI', (world) => {
  const same = ({ anna, proof }: Awaited<ReturnType<typeof two>>) => ({
    userId: Number(anna.id),
    sessionId: proof.sessionId,
  });
  run(world, [
    scenario({
      name: 'by the cookie alone',
      given: two,
      request: ({ proof }, w) => ({ ...whoAmI, headers: w.byCookie(proof) }),
      body: same,
      async afterwards({ proof }, answer, w) {
        assert.notEqual(answer.json.token, proof.token);
        const token = String(answer.json.token);
        for (const fresh of [proof, { ...proof, token }]) {
          const again = await w.call({ ...authenticate, headers: w.byProof(fresh) });
          assert.equal(again.status, 200, 'a refresh does not end the token before it');
        }
      },
    }),
    scenario({
      name: 'with an expired token of the same session',
      given: two,
      request({ proof }, w) {
        w.clock.move(60 * minute);
        return { ...whoAmI, headers: w.byProof(proof) };
      },
      body: same,
    }),
    scenario({
      name: 'reads roles and position afresh, and clears up a stale token',
      given: async (w) => {
        const given = await two(w);
        await grantRoles(w.app.context, { accountId: given.anna.id, roles: ['reader'] });
        const stale = await w.call({ ...authenticate, headers: w.byProof(given.proof) });
        assert.equal(stale.json.code, 'TOKEN_STALE');
        return given;
      },
      request: ({ proof }, w) => ({ ...whoAmI, headers: w.byProof(proof) }),
      body: same,
      async afterwards({ proof }, answer, w) {
        const token = String(answer.json.token);
        assert.partialDeepStrictEqual(claimsOf(token), { roles: ['reader'], rev: await w.head() });
        const again = await w.call({ ...authenticate, headers: w.byProof({ ...proof, token }) });
        assert.equal(again.status, 200);
      },
    }),
    ...Object.entries<(p: Proof, o: Proof, w: World) => Record<string, string>>({
      'no cookie': () => ({}),
      'an empty cookie': (_p, _o, w) => w.byCookie({ credential: '' }),
      'the public id': (p, _o, w) => w.byCookie({ credential: p.sessionId }),
      'a token alone': ({ token }) => ({ authorization: `Bearer ${token}` }),
      "an expired token of somebody else's": (p, o, w) => w.byProof({ ...p, token: o.token }),
      'a token that is none': (p, _o, w) => w.byProof({ ...p, token: 'x' }),
      'another scheme': (p, _o, w) => ({ ...w.byCookie(p), authorization: 'Basic YTpi' }),
    }).map(([name, headers]) =>
      scenario({
        name,
        given: async (w) => {
          const given = await two(w);
          w.clock.move(10 * minute);
          return given;
        },
        request: ({ proof, other }, w) => ({ ...whoAmI, headers: headers(proof, other, w) }),
        code: 'INVALID_CREDENTIALS',
      }),
    ),
    scenario({
      name: 'a session that was closed',
      given: async (w) => {
        const given = await two(w);
        await w.call({ ...logout, headers: w.byProof(given.proof) });
        return given;
      },
      request: ({ proof }, w) => ({ ...whoAmI, headers: w.byCookie(proof) }),
      code: 'INVALID_CREDENTIALS',
    }),
    scenario({
      name: 'an account that was disabled',
      given: async (w) => {
        const given = await two(w);
        await setAccountActive(w.app.context, { accountId: given.anna.id, active: false });
        return given;
      },
      request: ({ proof }, w) => ({ ...whoAmI, headers: w.byCookie(proof) }),
      code: 'INVALID_CREDENTIALS',
    }),
    scenario({
      name: 'cookie and header of two sessions',
      given: two,
      request: ({ proof, other }, w) => ({
        ...whoAmI,
        headers: { ...w.byCookie(proof), ...w.byHeader(other) },
      }),
      code: 'AMBIGUOUS_CREDENTIALS',
    }),
    scenario({
      name: 'with something in the body',
      given: two,
      request: ({ proof }, w) => ({ ...whoAmI, headers: w.byCookie(proof), json: { userId: 1 } }),
      code: 'INVALID_DATA',
    }),
  ]);

  it('two tabs that refresh at once both succeed', async () => {
    const w = world();
    const proof = await w.login(await w.person());
    const head = await w.head();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => w.call({ ...whoAmI, headers: w.byProof(proof) })),
    );
    for (const { json } of answers) {
      const token = String(json.token);
      const answer = await w.call({ ...authenticate, headers: w.byProof({ ...proof, token }) });
      assert.equal(answer.json.sessionId, proof.sessionId);
    }
    assert.equal(await w.head(), head);
  });

  it('never outlives the absolute limit, however often it is asked', async () => {
    const w = world();
    const proof = await w.login(await w.person());
    const end = (await w.session(proof.sessionId))!.expireTime;
    while (w.clock.now() + 23 * 3_600_000 < end) {
      w.clock.move(23 * 3_600_000);
      const answer = await w.call({ ...whoAmI, headers: w.byCookie(proof) });
      assert.equal(answer.status, 200);
      await w.app.context.transaction((tx) => tx.sessions.touch(new Map([[proof.sessionId, w.clock.now()]])));
    }
    w.clock.move(end - w.clock.now() - 60_000);
    const last = await w.call({ ...whoAmI, headers: w.byCookie(proof) });
    assert.ok(Number(last.json.expiresAt) <= Math.ceil(end / 1000));
    w.clock.move(61_000);
    const after = await w.call({ ...whoAmI, headers: w.byCookie(proof) });
    assert.equal(after.json.code, 'INVALID_CREDENTIALS');
  });
});
