import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import {
  as,
  fullSite as full,
  newCode,
  newSite,
  type SitePeople,
  shown,
  sitePeople,
  sites,
  stored,
} from '../../support/sites.ts';
import { onEachStore, type World } from '../../support/world.ts';

onEachStore('changing a site', (world) => {
  const change = (who: 'admin' | 'root', fields: object) => (given: SitePeople, w: World) =>
    as(w, given[who], sites('PUT', `/${given.site}`, fields));

  run(world, [
    scenario({
      name: 'a new name shows in every session, and tokens become stale',
      given: sitePeople,
      request: change('admin', { name: 'New' }),
      body: { name: 'New', language: 'en' },
      refreshes: ({ site }) => [{ site, reason: 'site-changed' }],
      async afterwards({ site, user, auditor, root }, _answer, w) {
        for (const person of [user, auditor]) {
          assert.deepEqual(await shown(w, person), [{ id: site, name: 'New' }]);
        }
        assert.deepEqual(await shown(w, root), []);
      },
    }),
    scenario({
      name: 'other fields put nothing in the log; null takes one away',
      given: async (w) => {
        const given = await sitePeople(w);
        await w.call(change('admin', { ...full, code: newCode() })(given, w));
        return given;
      },
      request: change('admin', { radius: null, code: null, org_size: 3, name: 'Acme' }),
      body: { org_size: 3, name: 'Acme', purpose: 'trial' },
      afterwards: (_given, { json }) => assert.ok(!('radius' in json) && !('code' in json)),
    }),
    scenario({
      name: 'only a global admin says whether it is active',
      given: sitePeople,
      request: change('root', { active: false }),
      body: { active: false },
    }),
    scenario({
      name: 'an admin of the site does not',
      given: sitePeople,
      request: change('admin', { active: false, description: 'x' }),
      code: 'NOT_IN_ROLE',
      afterwards: async ({ site }, _answer, w) => assert.equal((await stored(w, site))!.description, ''),
    }),
    ...['id', 'creator_id', 'create_time', 'deleted', 'update_time', 'users'].map((field) =>
      scenario({
        name: `${field} cannot be written`,
        given: sitePeople,
        request: change('root', { name: 'New', [field]: '1' }),
        code: 'INVALID_DATA',
        afterwards: async ({ site }, _answer, w) => assert.equal((await stored(w, site))!.name, 'Acme'),
      }),
    ),
    scenario({
      name: "another site's code is not taken over",
      given: async (w) => {
        const code = newCode();
        const given = await sitePeople(w);
        return { ...given, code, taken: await newSite(w, given.foreign, { code }) };
      },
      request: ({ admin, site, code }, w) =>
        as(w, admin, sites('PUT', `/${site}`, { name: 'New', code: code.toLowerCase() })),
      code: 'CONFLICT',
      async afterwards({ site, taken, code, nobody }, _answer, w) {
        assert.equal((await stored(w, site))!.name, 'Acme');
        const found = await w.call(as(w, nobody, sites('GET', `/find_by_code?code=${code}`)));
        assert.equal(found.json.id, taken);
      },
    }),
    scenario({
      name: 'a site that is not there',
      given: (w) => w.admin(),
      request: (root, w) => as(w, root, sites('PUT', '/4503599627370497', { name: 'x' })),
      code: 'NOT_FOUND',
    }),
  ]);
});
