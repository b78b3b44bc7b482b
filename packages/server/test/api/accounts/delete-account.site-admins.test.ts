import assert from 'node:assert/strict';
import { it } from 'node:test';
import { haveRoles, putAccount } from '../../support/people.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, newSite, personWith, rolesAt, sites } from '../../support/sites.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

const erase = ({ id }: Person) => ({ method: 'DELETE', path: `/api/v1/accounts/${id}` });
const deleted = ({ ada }: { ada: Person }) => [{ session: ada.sessionId, reason: 'account-deleted' }];

/** Ada is the admin of three sites: on the first two she has a member. */
async function people(w: World) {
  const ada = await w.person();
  const site = await newSite(w, ada, { name: 'Acme' });
  const second = await newSite(w, ada, { name: 'Second' });
  await newSite(w, ada, { name: 'Alone' });
  const member = await personWith(w, `${site}:user`, `${second}:manager`);
  return { ada, site, second, member, root: await w.admin() };
}

onEachStore('an account that is the last admin of sites', (world) => {
  run(world, [
    scenario({
      name: 'is not deleted by its owner, who is told which sites they are',
      given: people,
      request: ({ ada }, w) => as(w, ada, erase(ada)),
      code: 'CONFLICT',
      afterwards: async ({ ada, site }, { json }, w) => {
        assert.match(String(json.detail), /: Acme, Second\.$/);
        await w.assertLive(ada);
        assert.deepEqual(await rolesAt(w, ada, site), ['admin']);
      },
    }),
    scenario({
      name: 'is deleted by its owner once others are admins there',
      async given(w) {
        const given = await people(w);
        await haveRoles(w, given.member, `${given.site}:admin`, `${given.second}:admin`);
        return given;
      },
      request: ({ ada }, w) => as(w, ada, erase(ada)),
      status: 204,
      ends: (given) => deleted(given),
    }),
    scenario({
      name: 'is deleted by its owner once nobody else is there',
      async given(w) {
        const given = await people(w);
        await w.call(as(w, given.member, sites('POST', `/${given.site}/remove`)));
        await w.call(as(w, given.member, sites('POST', `/${given.second}/remove`)));
        return given;
      },
      request: ({ ada }, w) => as(w, ada, erase(ada)),
      status: 204,
      ends: (given) => deleted(given),
    }),
    scenario({
      name: 'is deleted by a global admin, who passes every check of a site and can name another one',
      given: people,
      request: ({ ada, root }, w) => as(w, root, erase(ada)),
      status: 204,
      ends: (given) => deleted(given),
      async afterwards({ site, member, root }, _answer, w) {
        const put = sites('PUT', `/${site}/users/${member.id}`, { roles: ['admin'] });
        assert.equal((await w.call(as(w, root, put))).status, 200);
      },
    }),
    scenario({
      name: 'is disabled by a global admin all the same: nobody else can disable',
      given: people,
      request: ({ ada, root }, w) => as(w, root, putAccount(ada.id, { active: false })),
      ends: ({ ada }) => [{ session: ada.sessionId, reason: 'account-disabled' }],
    }),
  ]);

  it('of two admins who delete their accounts at once, one stays', async () => {
    const w = world();
    for (let round = 0; round < 8; round++) {
      const ada = await w.person();
      const site = await newSite(w, ada);
      const ben = await personWith(w, `${site}:admin`);
      await personWith(w, `${site}:user`);
      const answers = await Promise.all([ada, ben].map((person) => w.call(as(w, person, erase(person)))));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409]);
      const left = [...(await rolesAt(w, ada, site)), ...(await rolesAt(w, ben, site))];
      assert.deepEqual(left, ['admin']);
    }
  });
});
