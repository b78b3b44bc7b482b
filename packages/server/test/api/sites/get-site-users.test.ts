import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { as, sitePeople, sites } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('the users of a site', (world) => {
  run(world, [
    scenario({
      name: 'are listed with the roles of that site alone',
      given: sitePeople,
      request: ({ manager, site }, w) => as(w, manager, sites('GET', `/${site}/users?total=true`)),
      afterwards({ admin, user, manager, auditor }, { json }) {
        const expected = [
          { id: admin.id, login: admin.login, name: 'Ada Admin', roles: ['admin'] },
          { id: user.id, login: user.login, name: user.name, roles: ['user'] },
          { id: manager.id, login: manager.login, name: manager.name, roles: ['manager'] },
          { id: auditor.id, login: auditor.login, name: auditor.name, roles: ['auditor'] },
        ];
        const data = expected.toSorted((a, b) => Number(a.id) - Number(b.id));
        assert.deepEqual(json, { data, total: 4 });
      },
    }),
    scenario({
      name: 'are searched and paged',
      given: sitePeople,
      request: ({ admin, site }, w) => as(w, admin, sites('GET', `/${site}/users?search=ADA&take=1`)),
      afterwards: ({ admin }, { json }) => {
        const { data } = json as { data: { id: string }[] };
        assert.deepEqual(
          data.map(({ id }) => id),
          [admin.id],
        );
      },
    }),
  ]);
});
