import assert from 'node:assert/strict';
import { it } from 'node:test';
import { run, scenario } from '../../support/scenario.ts';
import {
  as,
  newSite,
  personWith,
  rolesAt,
  type SitePeople,
  shown,
  sitePeople,
  sites,
} from '../../support/sites.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

const put = (site: string, { id }: { id: string }, roles: unknown) =>
  sites('PUT', `/${site}/users/${id}`, { roles });
const remove = (site: string, { id }: { id: string }) => sites('DELETE', `/${site}/users/${id}`);
const changed = ({ id }: Person) => [{ user: id, reason: 'roles-changed' }];

/** Somebody alone on a site, as its admin. */
const alone = async (w: World) => {
  const anna = await w.person();
  return { anna, site: await newSite(w, anna) };
};

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

onEachStore('leaving a site', (world) => {
  const leave = (who: keyof SitePeople) => (given: SitePeople, w: World) =>
    as(w, given[who] as Person, sites('POST', `/${given.site}/remove`));

  run(world, [
    scenario({
      name: 'takes all roles there',
      async given(w) {
        const given = await sitePeople(w);
        return { ...given, user: await personWith(w, `${given.site}:user`, `${given.site}:x`, 'auditor') };
      },
      request: leave('user'),
      status: 204,
      refreshes: ({ user }) => changed(user),
      async afterwards({ site, user }, _answer, w) {
        assert.deepEqual((await w.app.context.read.roles.find(user.id)).roles, ['auditor']);
        assert.deepEqual(await shown(w, user), []);
        const again = await w.call(as(w, user, sites('POST', `/${site}/remove`)));
        assert.equal(again.json.code, 'NOT_IN_SITE_ROLE');
      },
    }),
    scenario({
      name: 'the last admin cannot, while others are there',
      given: sitePeople,
      request: leave('admin'),
      code: 'CONFLICT',
      afterwards: async ({ site, admin }, _answer, w) =>
        assert.deepEqual(await rolesAt(w, admin, site), ['admin']),
    }),
    scenario({
      name: 'whoever is alone there can',
      given: alone,
      request: ({ anna, site }, w) => as(w, anna, sites('POST', `/${site}/remove`)),
      status: 204,
      refreshes: ({ anna }) => changed(anna),
      afterwards: async ({ site, anna }, _answer, w) => assert.deepEqual(await rolesAt(w, anna, site), []),
    }),
    scenario({
      name: 'a global admin who is not there leaves nothing',
      given: sitePeople,
      request: leave('root'),
      status: 204,
    }),
  ]);

  it('of two admins who leave at once, or take each other off, one stays', async () => {
    const w = world();
    for (let round = 0; round < 8; round++) {
      const { anna, site } = await alone(w);
      const ben = await personWith(w, `${site}:admin`);
      await personWith(w, `${site}:user`);
      const requests = {
        leave: [anna, ben].map((person) => as(w, person, sites('POST', `/${site}/remove`))),
        remove: [as(w, anna, remove(site, ben)), as(w, ben, remove(site, anna))],
      }[round % 2 ? 'leave' : 'remove'];
      const answers = await Promise.all(requests.map((request) => w.call(request)));
      const done = answers.filter(({ status }) => status < 300);
      assert.equal(done.length, 1, JSON.stringify(answers.map(({ text }) => text)));
      const left = [...(await rolesAt(w, anna, site)), ...(await rolesAt(w, ben, site))];
      assert.deepEqual(left, ['admin']);
    }
  });
});
