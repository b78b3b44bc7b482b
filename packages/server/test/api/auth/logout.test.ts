import assert from 'node:assert/strict';
import { ends, everybody, logout } from '../../support/auth.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore, type World } from '../../support/world.ts';

type Given = Awaited<ReturnType<typeof everybody>>;

/** The token with another first character of its signature. */
const damaged = (token: string) =>
  token.replace(/\.(.)([^.]*)$/, (_all, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`);

onEachStore('Logout', (world) => {
  run(world, [
    scenario({
      name: 'closes the session and clears the cookie',
      given: everybody,
      request: ({ first }, w) => ({ ...logout, headers: w.byProof(first) }),
      status: 204,
      cookie: 'cleared',
      ends: ({ first }) => ends('signout', first),
      async afterwards({ first, second }, _answer, w) {
        await w.assertDead(first);
        await w.assertLive(second);
      },
    }),
    scenario({
      name: 'with another token',
      given: everybody,
      request: ({ first, other }, w) => ({ ...logout, headers: w.byProof({ ...first, token: other.token }) }),
      code: 'INVALID_CREDENTIALS',
      async afterwards({ first, other }, _answer, w) {
        await w.assertLive(first);
        await w.assertLive(other);
      },
    }),
    scenario({
      name: 'with a token that has expired',
      async given(w) {
        const all = await everybody(w);
        w.clock.move(400_000);
        const answer = await w.call({
          method: 'POST',
          path: '/auth/authenticate',
          headers: w.byProof(all.first),
        });
        assert.equal(answer.status, 401);
        return all;
      },
      request: ({ first }, w) => ({ ...logout, headers: w.byProof(first) }),
      status: 204,
      cookie: 'cleared',
      ends: ({ first }) => ends('signout', first),
      afterwards: ({ second }, _answer, w) => w.assertLive(second),
    }),
    scenario({
      name: 'with a token that is older than a change of its account',
      async given(w) {
        const all = await everybody(w);
        const { headers } = { headers: w.byCookie(all.first) };
        const { json } = await w.call({ method: 'GET', path: '/api/v1/accounts/current', headers });
        const path = `/api/v1/accounts/${json.id}`;
        await w.call({ method: 'PUT', path, headers, json: { name: 'Zoë' } });
        return all;
      },
      request: ({ first }, w) => ({ ...logout, headers: w.byProof(first) }),
      status: 204,
      cookie: 'cleared',
      ends: ({ first }) => ends('signout', first),
    }),
    ...(
      [
        ['an expired token of another session', ({ other }: Given, _w: World) => other.token],
        ['an expired token whose signature is wrong', ({ first }: Given) => damaged(first.token)],
        ['an expired token without a signature', ({ first }: Given) => first.token.replace(/[^.]*$/, '')],
      ] as const
    ).map(([name, tokenOf]) =>
      scenario({
        name: `with ${name}`,
        async given(w) {
          const all = await everybody(w);
          w.clock.move(400_000);
          return all;
        },
        request: (given, w) => ({
          ...logout,
          headers: w.byProof({ ...given.first, token: tokenOf(given, w) }),
        }),
        code: 'INVALID_CREDENTIALS',
        afterwards: ({ first }, _answer, w) => w.assertLive(first),
      }),
    ),
    scenario({
      name: 'with several cookies and a header: closes the session of the token',
      given: everybody,
      request: ({ first, second, other }, w) => ({
        ...logout,
        headers: {
          authorization: `Bearer ${first.token}`,
          'x-session-id': other.credential,
          cookie: [second, first, { credential: 'dead' }]
            .map(({ credential }) => `${w.cookieName}=${credential}`)
            .join('; '),
        },
      }),
      status: 204,
      cookie: 'cleared',
      ends: ({ first }) => ends('signout', first),
      async afterwards({ second, other }, _answer, w) {
        await w.assertLive(second);
        await w.assertLive(other);
      },
    }),
    scenario({
      name: 'with several cookies, none of which belongs to the token',
      given: everybody,
      request: ({ first, second, other }, w) => ({
        ...logout,
        headers: {
          authorization: `Bearer ${first.token}`,
          cookie: `${w.cookieName}=${second.credential}; ${w.cookieName}=${other.credential}`,
        },
      }),
      code: 'INVALID_CREDENTIALS',
    }),
    scenario({
      name: 'with two tokens',
      given: everybody,
      request: ({ first }, w) => ({
        ...logout,
        headers: {
          ...w.byCookie(first),
          authorization: [`Bearer ${first.token}`, `Bearer ${first.token}`],
        },
      }),
      code: 'AMBIGUOUS_CREDENTIALS',
      afterwards: ({ first }, _answer, w) => w.assertLive(first),
    }),
    scenario({
      name: 'by header, beside the cookie of a second instance, which stays',
      given: everybody,
      request: ({ first }, w) => ({
        ...logout,
        headers: {
          authorization: `Bearer ${first.token}`,
          'x-session-id': first.credential,
          ...w.byCookie({ credential: `${'A'.repeat(22)}.${'A'.repeat(43)}` }),
        },
      }),
      status: 204,
      ends: ({ first }) => ends('signout', first),
    }),
    scenario({
      name: 'with the cookie alone',
      given: everybody,
      request: ({ first }, w) => ({ ...logout, headers: w.byCookie(first) }),
      code: 'INVALID_CREDENTIALS',
      afterwards: ({ first }, _answer, w) => w.assertLive(first),
    }),
    scenario({
      name: 'a second time',
      given: async (w) => {
        const all = await everybody(w);
        await w.call({ ...logout, headers: w.byProof(all.first) });
        return all;
      },
      request: ({ first }, w) => ({ ...logout, headers: w.byProof(first) }),
      code: 'INVALID_CREDENTIALS',
    }),
    refused('nobody', logout, 'INVALID_CREDENTIALS'),
  ]);
});
