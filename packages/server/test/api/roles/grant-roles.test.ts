import assert from 'node:assert/strict';
import { rolePeople as people, rolesOf } from '../../support/people.ts';
import {
  annaChanged as changed,
  grantRoles as grant,
  notAllowed,
  annaUnchanged as unchanged,
} from '../../support/roles.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('granting roles', (world) => {
  run(world, [
    scenario({
      name: 'by an admin shows at once, and makes tokens stale',
      given: async (w) => {
        const given = await people(w);
        return { ...given, proof: await w.login(given.anna) };
      },
      request: ({ anna, root }, w) => ({
        ...grant(anna.id, ['x', 'reader', '9:admin']),
        headers: w.byHeader(root),
      }),
      body: ({ anna }) => ({ id: anna.id, roles: ['77:user', '8:user', '9:admin', 'reader', 'x'] }),
      refreshes: (given) => changed(given),
      async afterwards({ anna, proof }, answer, w) {
        assert.match(String(answer.json.update_time), /Z$/);
        const session = await w.call({
          method: 'GET',
          path: '/api/v1/sessions/current',
          headers: w.byHeader(anna),
        });
        assert.deepEqual((session.json.user as { roles: string[] }).roles, answer.json.roles);
        const stale = { method: 'POST', path: '/auth/authenticate', headers: w.byProof(proof) };
        assert.equal((await w.call(stale)).json.code, 'TOKEN_STALE');
      },
    }),
    scenario({
      name: 'as a bare list',
      given: people,
      request: ({ anna, root }, w) => ({
        ...grant(anna.id, []),
        json: ['paid'],
        headers: w.byHeader(root),
      }),
      body: ({ anna }) => ({ id: anna.id, roles: ['77:user', '8:user', 'paid', 'reader'] }),
      refreshes: (given) => changed(given),
    }),
    ...[[], ['a b'], [1], [null], [['paid']], 'paid', null].map((json) =>
      scenario({
        name: `${JSON.stringify(json)} instead`,
        given: people,
        request: ({ anna, root }, w) => ({ ...grant(anna.id, []), json, headers: w.byHeader(root) }),
        code: 'INVALID_DATA',
        afterwards: unchanged,
      }),
    ),
    scenario({
      name: 'that are there already tells nobody',
      given: people,
      request: ({ anna, root }, w) => ({ ...grant(anna.id, ['reader']), headers: w.byHeader(root) }),
      body: { roles: ['77:user', '8:user', 'reader'] },
    }),
    scenario({
      name: "by the site's admin, up to his own, who sees the roles of the site alone",
      given: people,
      request: ({ anna, keeper }, w) => ({
        ...grant(anna.id, ['77:admin', '77:manager', '77:gardener']),
        headers: w.byHeader(keeper),
      }),
      refreshes: (given) => changed(given),
      async afterwards({ anna }, { json }, w) {
        assert.deepEqual(json, {
          id: anna.id,
          roles: ['77:admin', '77:gardener', '77:manager', '77:user'],
        });
        assert.equal((await rolesOf(w, anna)).length, 6);
      },
    }),
    ...notAllowed('a role of a site', ({ id }) => grant(id, ['77:user', '77:admin']), [
      ['nobody', 'NOT_SIGNED'],
      ['user', 'NOT_IN_SITE_ROLE'],
      ['anna', 'NOT_IN_SITE_ROLE'],
      ['siteUser', 'NOT_IN_SITE_ROLE'],
      ['manager', 'NOT_IN_SITE_ROLE'],
      ['otherKeeper', 'NOT_IN_SITE_ROLE'],
    ]),
    ...notAllowed('a role of everywhere', ({ id }) => grant(id, ['admin']), [
      ['nobody', 'NOT_SIGNED'],
      ['anna', 'NOT_IN_ROLE'],
      ['manager', 'NOT_IN_ROLE'],
      ['keeper', 'NOT_IN_ROLE'],
    ]),
    ...notAllowed('one role of everywhere among others', ({ id }) => grant(id, ['77:user', 'reader']), [
      ['keeper', 'NOT_IN_ROLE'],
    ]),
    ...(['keeper', 'root'] as const).map((who) =>
      scenario({
        name: `an account that is none, by ${who}`,
        given: people,
        request: (given, w) => ({
          ...grant('4503599627370497', ['77:user']),
          headers: w.byHeader(given[who]),
        }),
        code: 'NOT_FOUND',
      }),
    ),
    ...Object.entries<unknown>({
      none: [],
      'a text': 'admin',
      'an empty one': [''],
      'two colons': ['a:b:c'],
      'no site': [':admin'],
      'no name': ['77:'],
      'a comma': ['a,admin'],
      'a star': ['*:admin'],
      'a long one': ['a'.repeat(65)],
      'a number': [1],
      null: null,
      'far too many': Array.from({ length: 101 }, (_, i) => `r${i}`),
    }).map(([name, roles]) =>
      scenario({
        name: `${name} is refused`,
        given: people,
        request: ({ anna, root }, w) => ({ ...grant(anna.id, roles), headers: w.byHeader(root) }),
        code: 'INVALID_DATA',
        afterwards: unchanged,
      }),
    ),
  ]);
});
