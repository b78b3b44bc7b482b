import assert from 'node:assert/strict';
import { it } from 'node:test';
import { run, scenario } from '../../support/scenario.ts';
import {
  as,
  newSite,
  personWith,
  removeUser as remove,
  rolesAt,
  type SitePeople,
  shown,
  sitePeople,
  sites,
} from '../../support/sites.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

const changed = ({ id }: Person) => [{ user: id, reason: 'roles-changed' }];

/** Somebody alone on a site, as its admin. */
const alone = async (w: World) => {
  const anna = await w.person();
  return { anna, site: await newSite(w, anna) };
};

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
      name: 'the only account there can',
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
