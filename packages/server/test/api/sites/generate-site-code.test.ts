import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { as, newCode, newSite, sites } from '../../support/sites.ts';
import { onEachStore, type World } from '../../support/world.ts';

onEachStore('generating the code of a site', (world) => {
  const coded = async (w: World) => {
    const code = newCode();
    const anna = await w.person();
    return { anna, code, id: await newSite(w, anna, { code, purpose: 'secret' }), ben: await w.person() };
  };

  run(world, [
    scenario({
      name: 'a generated one is short and plain, and replaces the old one',
      given: coded,
      request: ({ anna, id }, w) => as(w, anna, sites('POST', `/${id}/generate_code`)),
      body: ({ id }) => ({ id, name: 'Acme' }),
      async afterwards({ ben, code, id }, { json }, w) {
        assert.match(String(json.code), /^[2-9A-HJ-NP-Z]{8}$/);
        const found = await w.call(as(w, ben, sites('GET', `/find_by_code?code=${json.code}`)));
        assert.equal(found.json.id, id);
        const old = await w.call(as(w, ben, sites('GET', `/find_by_code?code=${code}`)));
        assert.equal(old.status, 404);
      },
    }),
  ]);
});
