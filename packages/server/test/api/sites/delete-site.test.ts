import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { as, newCode, rolesAt, shown, sitePeople, sites, stored } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('deleting a site', (world) => {
  run(world, [
    scenario({
      name: 'takes it from everybody, by one entry, and its code is free',
      async given(w) {
        const given = await sitePeople(w);
        const code = newCode();
        await w.call(as(w, given.admin, sites('PUT', `/${given.site}`, { code })));
        return { ...given, code, proof: await w.login(given.user) };
      },
      request: ({ root, site }, w) => as(w, root, sites('DELETE', `/${site}`)),
      body: ({ site }) => ({ id: site, deleted: true, active: false }),
      refreshes: ({ site }) => [{ site, reason: 'site-deleted' }],
      async afterwards({ site, longer, user, admin, neighbour, root, proof, code, nobody }, _answer, w) {
        for (const person of [user, admin]) {
          assert.deepEqual(await rolesAt(w, person, site), []);
          assert.deepEqual(await shown(w, person), []);
          const answer = await w.call(as(w, person, sites('GET', `/${site}`)));
          assert.equal(answer.json.code, 'NOT_IN_SITE_ROLE');
        }
        assert.deepEqual(await rolesAt(w, neighbour, longer), ['admin']);
        const stale = await w.call({ method: 'GET', path: '/auth/sessions', headers: w.byProof(proof) });
        assert.equal(stale.json.code, 'TOKEN_STALE');
        await w.assertLive(user);
        for (const method of ['GET', 'DELETE']) {
          assert.equal((await w.call(as(w, root, sites(method, `/${site}`)))).json.code, 'NOT_FOUND');
        }
        const free = await w.call(as(w, nobody, sites('POST', '/validate_code', { code })));
        assert.equal(free.status, 204);
        const list = await w.call(as(w, root, sites('GET', `/all?ids=${site}`)));
        assert.partialDeepStrictEqual(list.json, { data: [{ id: site, deleted: true }] });
      },
    }),
    ...(['admin', 'manager', 'nobody'] as const).map((who) =>
      scenario({
        name: `is not for ${who}`,
        given: sitePeople,
        request: (given, w) => as(w, given[who], sites('DELETE', `/${given.site}`)),
        code: 'NOT_IN_ROLE',
        afterwards: async ({ site }, _answer, w) => assert.ok(await stored(w, site)),
      }),
    ),
  ]);
});
