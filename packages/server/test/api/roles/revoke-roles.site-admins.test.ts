import assert from 'node:assert/strict';
import { it } from 'node:test';
import { haveRoles, putRoles, revokeRoles, rolesOf } from '../../support/people.ts';
import { siteWithMember as people } from '../../support/roles.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, newSite, personWith, sites } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('roles that are taken one by one keep what the routes of sites keep', (world) => {
  run(world, [
    ...(
      [
        ['revoking by an admin', 'root', (id, site) => revokeRoles(id, [`${site}:admin`])],
        ['laying it down', 'ada', (id, site) => revokeRoles(id, [`${site}:admin`])],
        ['setting others', 'root', (id, site) => putRoles(id, [`${site}:manager`])],
        ['setting none', 'root', (id) => putRoles(id, [])],
      ] as [string, 'root' | 'ada', (id: string, site: string) => ReturnType<typeof putRoles>][]
    ).map(([name, who, request]) =>
      scenario({
        name: `the last admin of a site with members stays: ${name}`,
        given: people,
        request: (given, w) => as(w, given[who], request(given.ada.id, given.site)),
        code: 'CONFLICT',
        afterwards: async ({ ada, site }, _answer, w) =>
          assert.deepEqual(await rolesOf(w, ada), [`${site}:admin`]),
      }),
    ),
    scenario({
      name: 'an admin of a site of whom another one is disabled is the last one',
      async given(w) {
        const given = await people(w);
        const ben = await personWith(w, `${given.site}:admin`);
        const path = `/api/v1/accounts/${ben.id}`;
        await w.call(as(w, given.root, { method: 'PUT', path, json: { active: false } }));
        return given;
      },
      request: ({ ada, site, root }, w) => as(w, root, revokeRoles(ada.id, [`${site}:admin`])),
      code: 'CONFLICT',
    }),
    scenario({
      name: 'the only account on a site can give up its admin role',
      async given(w) {
        const ada = await w.person();
        return { ada, site: await newSite(w, ada) };
      },
      request: ({ ada, site }, w) => as(w, ada, revokeRoles(ada.id, [`${site}:admin`])),
      body: { roles: [] },
      refreshes: ({ ada }) => [{ user: ada.id, reason: 'roles-changed' }],
    }),
    scenario({
      name: 'an admin of a site goes where another one stays',
      async given(w) {
        const given = await people(w);
        await haveRoles(w, given.member, `${given.site}:admin`);
        return given;
      },
      request: ({ ada, root }, w) => as(w, root, putRoles(ada.id, [])),
      body: { roles: [] },
      refreshes: ({ ada }) => [{ user: ada.id, reason: 'roles-changed' }],
    }),
    scenario({
      name: 'a role on a site that is none any more can be taken, and what stays is not looked at again',
      async given(w) {
        const given = await people(w);
        await haveRoles(w, given.member, 'gone:admin', 'gone-too:user');
        return given;
      },
      request: ({ member, root }, w) => as(w, root, revokeRoles(member.id, ['gone:admin'])),
      body: ({ site }) => ({ roles: [`${site}:user`, 'gone-too:user'] }),
      refreshes: ({ member }) => [{ user: member.id, reason: 'roles-changed' }],
    }),
  ]);

  it('of two admins of a site who are revoked and set at once, one stays', async () => {
    const w = world();
    for (let round = 0; round < 8; round++) {
      const { ada, site, root } = await people(w);
      const ben = await personWith(w, `${site}:admin`);
      const requests = [
        as(w, root, revokeRoles(ada.id, [`${site}:admin`])),
        as(
          w,
          root,
          round % 2 ? putRoles(ben.id, []) : sites('PUT', `/${site}/users/${ben.id}`, { roles: [] }),
        ),
      ];
      const answers = await Promise.all(requests.map((request) => w.call(request)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
      assert.equal([...(await rolesOf(w, ada)), ...(await rolesOf(w, ben))].join(), `${site}:admin`);
    }
  });
});
