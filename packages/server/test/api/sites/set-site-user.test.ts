import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { as, personWith, rolesAt, shown, sitePeople, sites } from '../../support/sites.ts';
import { onEachStore, type Person } from '../../support/world.ts';

const put = (site: string, { id }: { id: string }, roles: unknown) =>
  sites('PUT', `/${site}/users/${id}`, { roles });

const changed = ({ id }: Person) => [{ user: id, reason: 'roles-changed' }];

onEachStore('the users of a site', (world) => {
  run(world, [
    scenario({
      name: 'somebody new is put there, and their sessions show it',
      given: sitePeople,
      request: ({ admin, site, nobody }, w) => as(w, admin, put(site, nobody, ['user', 'x-1', 'user'])),
      body: ({ nobody }) => ({ id: nobody.id, login: nobody.login, roles: ['user', 'x-1'] }),
      refreshes: ({ nobody }) => changed(nobody),
      async afterwards({ site, nobody }, _answer, w) {
        assert.deepEqual(await rolesAt(w, nobody, site), ['user', 'x-1']);
        assert.deepEqual(await shown(w, nobody), [{ id: site, name: 'Acme' }]);
      },
    }),
    scenario({
      name: 'get exactly the roles that are named, and keep those elsewhere',
      async given(w) {
        const given = await sitePeople(w);
        const { site, longer } = given;
        return { ...given, ben: await personWith(w, `${site}:user`, `${longer}:user`, 'auditor') };
      },
      request: ({ admin, site, ben }, w) => as(w, admin, put(site, ben, ['manager'])),
      body: { roles: ['manager'] },
      refreshes: ({ ben }) => changed(ben),
      async afterwards({ site, longer, ben }, _answer, w) {
        const { roles } = await w.app.context.read.roles.find(ben.id);
        assert.deepEqual(roles, [`${site}:manager`, `${longer}:user`, 'auditor'].sort());
      },
    }),
    scenario({
      name: 'the same roles again change nothing',
      given: sitePeople,
      request: ({ admin, site, user }, w) => as(w, admin, put(site, user, ['user'])),
      body: { roles: ['user'] },
    }),
    ...(
      [
        ['a role of another site', ['1:admin']],
        ['a role with the site itself', [':admin']],
        ['a wildcard', ['*']],
        ['an empty name', ['']],
        ['too long a name', ['x'.repeat(65)]],
        ['a line break', ['admin\n']],
        ['a text', 'admin'],
        ['null', null],
        ['eleven roles', Array.from({ length: 11 }, (_, i) => `r${i}`)],
      ] as [string, unknown][]
    ).map(([name, roles]) =>
      scenario({
        name: `with ${name} is refused`,
        given: sitePeople,
        request: ({ admin, site, user }, w) => as(w, admin, put(site, user, roles)),
        code: 'INVALID_DATA',
        afterwards: async ({ site, user }, _answer, w) =>
          assert.deepEqual(await rolesAt(w, user, site), ['user']),
      }),
    ),
    scenario({
      name: 'the name of the global role is a role of the site here',
      given: sitePeople,
      request: ({ admin, site, nobody }, w) => as(w, admin, put(site, nobody, ['admin'])),
      body: { roles: ['admin'] },
      refreshes: ({ nobody }) => changed(nobody),
      async afterwards({ nobody, site }, _answer, w) {
        assert.deepEqual((await w.app.context.read.roles.find(nobody.id)).roles, [`${site}:admin`]);
        const answer = await w.call(as(w, nobody, sites('GET', '/all')));
        assert.equal(answer.json.code, 'NOT_IN_ROLE');
      },
    }),
    ...['4503599627370497', 'me', '0', 'admin', '..%2F1'].map((id) =>
      scenario({
        name: `${id} is nobody's account`,
        given: sitePeople,
        request: ({ admin, site }, w) => as(w, admin, put(site, { id }, ['user'])),
        code: 'NOT_FOUND',
      }),
    ),
    ...([['manager'], []] as const).map((roles) =>
      scenario({
        name: `the last admin cannot become ${roles[0] ?? 'nobody'} while there are others`,
        given: sitePeople,
        request: ({ root, admin, site }, w) => as(w, root, put(site, admin, roles)),
        code: 'CONFLICT',
        afterwards: async ({ site, admin }, _answer, w) =>
          assert.deepEqual(await rolesAt(w, admin, site), ['admin']),
      }),
    ),
    scenario({
      name: 'no more roles are given than a token carries',
      async given(w) {
        const given = await sitePeople(w);
        const many = Array.from({ length: 75 }, (_, i) => `4503599627370${100 + i}:admin12`);
        return { ...given, ben: await personWith(w, ...many) };
      },
      request: ({ admin, site, ben }, w) =>
        as(
          w,
          admin,
          put(
            site,
            ben,
            Array.from({ length: 10 }, (_, i) => `${i}`.repeat(64)),
          ),
        ),
      code: 'CONFLICT',
      afterwards: async ({ ben }, _answer, w) => void (await w.login(ben)),
    }),
  ]);
});
