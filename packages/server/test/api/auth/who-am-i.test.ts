import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setAccountActive } from '../../../src/identity/accounts/set-account-active.ts';
import { grantRoles } from '../../../src/identity/roles/grant-roles.ts';
import { authenticate, claimsOf, logout, two } from '../../support/auth.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore, type Proof, type World } from '../../support/world.ts';

const whoAmI = { method: 'POST', path: '/auth/who-am-i' };
const minute = 60_000;

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
      name: 'with an Authorization of another scheme, which counts as absent',
      given: two,
      request: ({ proof }, w) => ({
        ...whoAmI,
        headers: { ...w.byCookie(proof), authorization: 'Basic YTpi' },
      }),
      body: same,
    }),
    scenario({
      name: 'under a service key, for a service that got the cookie without a token',
      given: async (w) => ({ ...(await two(w)), key: await w.serviceKey() }),
      request: ({ proof, key }) => ({
        ...whoAmI,
        headers: { 'x-session-id': proof.credential, authorization: `Bearer ${key}` },
      }),
      body: same,
    }),
    scenario({
      name: 'under a service key, for a session that has ended',
      given: async (w) => {
        const given = { ...(await two(w)), key: await w.serviceKey() };
        await w.call({ ...logout, headers: w.byProof(given.proof) });
        return given;
      },
      request: ({ proof, key }) => ({
        ...whoAmI,
        headers: { 'x-session-id': proof.credential, authorization: `Bearer ${key}` },
      }),
      status: 401,
      code: 'INVALID_CREDENTIALS',
    }),
    scenario({
      name: 'under a service key that is not known, which says nothing about the session',
      given: two,
      request: ({ proof }) => ({
        ...whoAmI,
        headers: { 'x-session-id': proof.credential, authorization: 'Bearer lks_unknown' },
      }),
      status: 403,
      code: 'NO_PERMISSIONS',
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
      'a header that holds no token': (p, _o, w) => ({ ...w.byCookie(p), authorization: 'Bearer a b' }),
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
