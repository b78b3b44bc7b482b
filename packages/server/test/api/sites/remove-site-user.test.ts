import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { as, removeUser as remove, rolesAt, shown, sitePeople } from '../../support/sites.ts';
import { onEachStore, type Person } from '../../support/world.ts';

const changed = ({ id }: Person) => [{ user: id, reason: 'roles-changed' }];

onEachStore('the users of a site', (world) => {
  run(world, [
    scenario({
      name: 'are taken off',
      given: sitePeople,
      request: ({ admin, site, manager }, w) => as(w, admin, remove(site, manager)),
      body: ({ manager }) => ({ id: manager.id, roles: ['manager'] }),
      refreshes: ({ manager }) => changed(manager),
      async afterwards({ site, manager }, _answer, w) {
        assert.deepEqual(await rolesAt(w, manager, site), []);
        assert.deepEqual(await shown(w, manager), []);
      },
    }),
    ...(['nobody', 'neighbour', 'root'] as const).map((who) =>
      scenario({
        name: `${who} is not on it and cannot be taken off`,
        given: sitePeople,
        request: (given, w) => as(w, given.admin, remove(given.site, given[who])),
        code: 'NOT_FOUND',
        afterwards: async ({ neighbour, longer }, _answer, w) =>
          assert.deepEqual(await rolesAt(w, neighbour, longer), ['admin']),
      }),
    ),
  ]);
});
