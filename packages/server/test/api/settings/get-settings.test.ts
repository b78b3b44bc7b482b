import assert from 'node:assert/strict';
import { it } from 'node:test';
import { run, scenario } from '../../support/scenario.ts';
import { ownSettings as own, settingsPeople as people, settings } from '../../support/settings.ts';
import { as } from '../../support/sites.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

onEachStore("an account's settings", (world) => {
  run(world, [
    scenario({
      name: 'are empty, without a time, before they are set',
      given: (w) => w.person(),
      request: (anna, w) => as(w, anna, settings('GET', anna.id)),
      afterwards: (anna, { json }) => assert.deepEqual(json, { id: anna.id, parameters: {} }),
    }),
    scenario({
      name: 'are what was put',
      given: people,
      request: own('GET'),
      body: ({ anna, parameters }) => ({ id: anna.id, parameters }),
      afterwards: (_given, { json }) => assert.ok(Date.parse(String(json.update_time))),
    }),
  ]);
});

onEachStore('sections of settings', (world) => {
  it("others' sections are for admins alone, whatever their name", async () => {
    const w = world();
    const { anna, ben, root, section } = await people(w);
    await w.call(as(w, root, settings('PUT', section, { secret: 1 })));
    const longer = `${ben.id}0`.slice(0, 64);
    for (const id of [anna.id, section, longer, ben.id.slice(0, -1), `0${ben.id}`, 'me', 'current']) {
      for (const method of ['GET', 'PUT', 'PATCH']) {
        const request = settings(method, id, method === 'GET' ? undefined : { theme: 'x' });
        assertProblem(await w.call(request), 401, 'NOT_SIGNED');
        assertProblem(await w.call(as(w, ben, request)), 403, 'NOT_OWNER');
      }
    }
    assert.equal((await w.call(as(w, ben, settings('GET', 'a.b')))).status, 404);
  });
});
