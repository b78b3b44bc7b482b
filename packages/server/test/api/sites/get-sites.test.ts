import assert from 'node:assert/strict';
import { it } from 'node:test';
import { refused, run, scenario } from '../../support/scenario.ts';
import { as, newCode, newSite, rolesAt, shown, sitePeople, sites, stored } from '../../support/sites.ts';
import { newLogin, onEachStore, type Person } from '../../support/world.ts';

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

onEachStore('lists of sites', (world) => {
  it('hold all that the caller has made at once, up to what a token can carry', async () => {
    const w = world();
    const anna = await w.person();
    const make = as(w, anna, sites('POST', '', { name: 'Many' }));
    const answers = await Promise.all(Array.from({ length: 95 }, () => w.call(make)));
    const made = answers.filter(({ status }) => status === 200).map(({ json }) => json.id);
    assert.ok(made.length > 70 && made.length < 95, String(made.length));
    for (const { status, json } of answers) if (status !== 200) assert.equal(json.code, 'CONFLICT');
    const all = await w.call(as(w, anna, sites('GET', '?total=true')));
    assert.equal(all.json.total, made.length);
    assert.equal(((await shown(w, anna)) as unknown[]).length, made.length);
    await w.login(anna);
  });

  it("the caller's, newest first, and all of them for an admin", async () => {
    const w = world();
    const anna = await w.person();
    const marker = newLogin();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.unshift(await newSite(w, anna, { name: `${marker} ${i}` }));
      w.clock.move(10);
    }
    const list = async (person: Person, query: string) => {
      const answer = await w.call(as(w, person, sites('GET', query)));
      assert.equal(answer.status, 200, answer.text);
      const { data, total } = answer.json as { data: { id: string }[]; total?: number };
      return { ids: data.map(({ id }) => id), total };
    };
    const root = await w.admin();
    assert.deepEqual(await list(anna, '?total=true'), { ids, total: 3 });
    assert.deepEqual((await list(anna, '?skip=1&take=1')).ids, [ids[1]]);
    assert.deepEqual((await list(anna, `?search=${marker}%202`)).ids, [ids[0]]);
    assert.deepEqual((await list(anna, '?active=false')).ids, []);
    assert.deepEqual(await list(root, '?total=true'), { ids: [], total: 0 });
    assert.deepEqual(await list(root, `/all?search=${marker}&total=true&take=2`), {
      ids: ids.slice(0, 2),
      total: 3,
    });
    assert.deepEqual((await list(root, `/all?ids=${ids[2]},${ids[0]}`)).ids, [ids[0], ids[2]]);
    assert.deepEqual((await list(await w.person(), '')).ids, []);
  });

  run(world, [
    refused('of the caller need a session', sites('GET'), 'NOT_SIGNED'),
    refused('of all need a session', sites('GET', '/all'), 'NOT_SIGNED'),
    scenario({
      name: 'of all are for admins, not for a site called all',
      given: (w) => w.person(),
      request: (anna, w) => as(w, anna, sites('GET', '/all')),
      code: 'NOT_IN_ROLE',
    }),
    ...['?ids=1', '?take=0', '?active=1', '?search='].map((query) =>
      scenario({
        name: `${query} of the caller's is refused`,
        given: (w) => w.person(),
        request: (anna, w) => as(w, anna, sites('GET', query)),
        code: 'INVALID_DATA',
      }),
    ),
  ]);
});
