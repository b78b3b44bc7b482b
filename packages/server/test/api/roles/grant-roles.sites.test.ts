import assert from 'node:assert/strict';
import { it } from 'node:test';
import { putRoles, rolesOf } from '../../support/people.ts';
import { grantRoles, siteWithMember as people } from '../../support/roles.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, sites } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

const tooMany = Array.from({ length: 80 }, (_, i) => `role-${i}-of-more-than-a-token-has`);

onEachStore('roles that are given one by one keep what the routes of sites keep', (world) => {
  run(world, [
    ...(['grant', 'set'] as const).flatMap((how) => {
      const request = how === 'grant' ? grantRoles : putRoles;
      return [
        scenario({
          name: `no more roles than a token carries: ${how}`,
          given: people,
          request: ({ member, root }, w) => as(w, root, request(member.id, tooMany)),
          code: 'CONFLICT',
          afterwards: async ({ member, site }, _answer, w) => {
            assert.deepEqual(await rolesOf(w, member), [`${site}:user`]);
            await w.login(member);
          },
        }),
        scenario({
          name: `no role on a site that was deleted: ${how}`,
          async given(w) {
            const given = await people(w);
            const { status } = await w.call(as(w, given.root, sites('DELETE', `/${given.site}`)));
            assert.equal(status, 200);
            return given;
          },
          request: ({ member, root, site }, w) => as(w, root, request(member.id, [`${site}:user`])),
          code: 'NOT_FOUND',
          afterwards: async ({ member }, _answer, w) => assert.deepEqual(await rolesOf(w, member), []),
        }),
        ...['4503599627370497:user', 'kept-elsewhere:admin'].map((role) =>
          scenario({
            name: `a role on a site that is kept elsewhere: ${how} ${role}`,
            given: people,
            request: ({ member, root }, w) => as(w, root, request(member.id, [role])),
            refreshes: ({ member }) => [{ user: member.id, reason: 'roles-changed' }],
            async afterwards({ member }, _answer, w) {
              assert.ok((await rolesOf(w, member)).includes(role));
            },
          }),
        ),
      ];
    }),
  ]);

  it('a site that is deleted while somebody is put on it has nobody', async () => {
    const w = world();
    for (let round = 0; round < 8; round++) {
      const { ada, site, root } = await people(w);
      const ben = await w.person();
      const [, put] = await Promise.all([
        w.call(as(w, root, sites('DELETE', `/${site}`))),
        w.call(as(w, root, grantRoles(ben.id, [`${site}:user`]))),
      ]);
      assert.ok([200, 404].includes(put.status), put.text);
      assert.deepEqual([...(await rolesOf(w, ada)), ...(await rolesOf(w, ben))], []);
    }
  });
});
