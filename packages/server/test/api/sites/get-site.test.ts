import assert from 'node:assert/strict';
import { refused, run, scenario } from '../../support/scenario.ts';
import { as, fullSite, newCode, newSite, sitePeople, sites } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

// Who may read which site is in test/access/sites.test.ts.
onEachStore('reading a site', (world) => {
  run(world, [
    scenario({
      name: 'shows all that was written, and who made it',
      given: async (w) => {
        const code = newCode();
        const anna = await w.person();
        return { anna, code, site: await newSite(w, anna, { ...fullSite, code }) };
      },
      request: ({ anna, site }, w) => as(w, anna, sites('GET', `/${site}`)),
      body: ({ anna, code, site }) => ({
        ...fullSite,
        id: site,
        code,
        creator_id: anna.id,
        active: true,
        deleted: false,
      }),
    }),
    scenario({
      name: 'leaves out what the site does not have',
      given: sitePeople,
      request: ({ user, site }, w) => as(w, user, sites('GET', `/${site}`)),
      afterwards: (_given, { json }) => {
        for (const name of ['code', 'center', 'radius', 'org_size']) assert.ok(!(name in json), name);
      },
    }),
    scenario({
      name: 'a site that is not active is shown as such',
      async given(w) {
        const given = await sitePeople(w);
        await w.call(as(w, given.root, sites('PUT', `/${given.site}`, { active: false })));
        return given;
      },
      request: ({ user, site }, w) => as(w, user, sites('GET', `/${site}`)),
      body: { active: false },
    }),
    scenario({
      name: 'a site that was deleted is none',
      async given(w) {
        const given = await sitePeople(w);
        await w.call(as(w, given.root, sites('DELETE', `/${given.site}`)));
        return given;
      },
      request: ({ root, site }, w) => as(w, root, sites('GET', `/${site}`)),
      code: 'NOT_FOUND',
    }),
    refused('needs a session', sites('GET', '/1'), 'NOT_SIGNED'),
  ]);
});
