import assert from 'node:assert/strict';
import { rolePeople as people, revokeRoles as revoke, rolesOf } from '../../support/people.ts';
import { annaChanged as changed, grantRoles as grant, notAllowed } from '../../support/roles.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('revoking roles', (world) => {
  run(world, [
    scenario({
      name: 'by an admin',
      given: people,
      request: ({ anna, root }, w) => ({
        ...revoke(anna.id, ['reader', '8:user', 'x']),
        headers: w.byHeader(root),
      }),
      body: { roles: ['77:user'] },
      refreshes: (given) => changed(given),
    }),
    scenario({
      name: 'as a bare list',
      given: people,
      request: ({ anna, root }, w) => ({
        ...revoke(anna.id, []),
        json: ['reader', '8:user'],
        headers: w.byHeader(root),
      }),
      body: { roles: ['77:user'] },
      refreshes: (given) => changed(given),
    }),
    scenario({
      name: 'that are not there tells nobody',
      given: people,
      request: ({ anna, root }, w) => ({ ...revoke(anna.id, ['x']), headers: w.byHeader(root) }),
      body: { roles: ['77:user', '8:user', 'reader'] },
    }),
    scenario({
      name: "by the site's admin",
      given: people,
      request: ({ anna, keeper }, w) => ({ ...revoke(anna.id, ['77:user']), headers: w.byHeader(keeper) }),
      refreshes: (given) => changed(given),
      body: { roles: [] },
      afterwards: async ({ anna }, _answer, w) =>
        assert.deepEqual(await rolesOf(w, anna), ['8:user', 'reader']),
    }),
    scenario({
      name: 'a site admin may lay down his own role, and is none from then on',
      given: people,
      request: ({ keeper }, w) => ({ ...revoke(keeper.id, ['77:admin']), headers: w.byHeader(keeper) }),
      refreshes: ({ keeper }) => [{ user: keeper.id, reason: 'roles-changed' }],
      body: { roles: [] },
      async afterwards({ anna, keeper }, _answer, w) {
        const again = await w.call({ ...grant(anna.id, ['77:admin']), headers: w.byHeader(keeper) });
        assert.equal(again.json.code, 'NOT_IN_SITE_ROLE');
      },
    }),
    ...notAllowed('revoking on a site', ({ id }) => revoke(id, ['77:user']), [
      ['nobody', 'NOT_SIGNED'],
      ['anna', 'NOT_IN_SITE_ROLE'],
      ['manager', 'NOT_IN_SITE_ROLE'],
      ['otherKeeper', 'NOT_IN_SITE_ROLE'],
    ]),
    ...notAllowed('revoking on two sites', ({ id }) => revoke(id, ['8:user', '77:user']), [
      ['keeper', 'NOT_IN_SITE_ROLE'],
      ['otherKeeper', 'NOT_IN_SITE_ROLE'],
    ]),
    ...notAllowed('revoking everywhere', ({ id }) => revoke(id, ['reader']), [
      ['anna', 'NOT_IN_ROLE'],
      ['keeper', 'NOT_IN_ROLE'],
    ]),
  ]);
});
