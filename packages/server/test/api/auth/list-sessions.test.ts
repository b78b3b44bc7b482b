import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ends, everybody, logout } from '../../support/auth.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

const list = (query = '') => ({ method: 'GET', path: `/auth/sessions${query}` });

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

onEachStore('ListSessions', (world) => {
  it("a user's own, by public id", async () => {
    const w = world();
    const { anna, first, second } = await everybody(w);
    const answer = await w.call({ ...list(), headers: w.byProof(first) });
    const expected = [anna, first, second].map(({ sessionId }) => sessionId).sort();
    assert.deepEqual(answer.json, expected);
    assert.equal(answer.headers.link, undefined);
    const own = await w.call({ ...list('?scope=own'), headers: w.byProof(first) });
    assert.deepEqual(own.json, expected);
  });

  it("everybody's for an admin, by pages that link to each other", async () => {
    const w = world();
    const { root, admin, first, other } = await everybody(w);
    const found: string[] = [];
    let path: string | undefined = list('?take=3').path;
    while (path !== undefined) {
      const answer = await w.call({ method: 'GET', path, headers: w.byProof(root) });
      assert.equal(answer.status, 200, answer.text);
      found.push(...(answer.json as unknown as string[]));
      const link = /^<([^>]*)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1];
      assert.equal(answer.headers.link === undefined, link === undefined);
      assert.ok(link === undefined || link.startsWith(`${w.app.config.publicUrl}/auth/sessions?`));
      path = link?.slice(w.app.config.publicUrl.length);
    }
    assert.deepEqual(found, [...new Set(found)].sort());
    for (const { sessionId } of [root, admin, first, other]) assert.ok(found.includes(sessionId));
    const own = await w.call({ ...list('?scope=own&take=1'), headers: w.byProof(root) });
    const { length } = own.json as unknown as string[];
    assert.equal(length, 1);
    assert.match(String(own.headers.link), /scope=own/);
    w.clock.move(25 * 3_600_000);
    const later = await w.login(admin);
    const left = await w.call({ ...list(), headers: w.byProof(later) });
    assert.deepEqual(left.json, [later.sessionId], 'sessions that have expired are none');
  });

  run(world, [
    ...[
      '?take=0',
      '?take=1001',
      '?take=a',
      '?after=junk',
      '?after=',
      '?scope=all',
      '?scope=x',
      '?skip=1',
    ].map((query) =>
      scenario({
        name: `with ${query}`,
        given: everybody,
        request: ({ root }, w) => ({ ...list(query), headers: w.byProof(root) }),
        code: 'INVALID_DATA',
        afterwards: (_given, { json }) =>
          assert.deepEqual(
            (json.errors as { field: string }[]).map(({ field }) => field),
            [/\w+/.exec(query)![0]],
          ),
      }),
    ),
    scenario({
      name: 'with the cookie alone',
      given: everybody,
      request: ({ first }, w) => ({ ...list(), headers: w.byCookie(first) }),
      code: 'INVALID_CREDENTIALS',
    }),
    refused('nobody', list(), 'INVALID_CREDENTIALS'),
  ]);
});
