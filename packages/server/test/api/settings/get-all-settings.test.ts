import assert from 'node:assert/strict';
import { it } from 'node:test';
import { refused, run, scenario } from '../../support/scenario.ts';
import { settingsPeople as people, settings } from '../../support/settings.ts';
import { as } from '../../support/sites.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

onEachStore('sections of settings', (world) => {
  run(world, [
    refused('the list needs a session', settings('GET'), 'NOT_SIGNED'),
    scenario({
      name: 'the list is for admins',
      given: people,
      request: ({ anna }, w) => as(w, anna, settings('GET')),
      code: 'NOT_IN_ROLE',
    }),
  ]);

  it('the list is by pages, the latest change first', async () => {
    const w = world();
    const { root, section } = await people(w);
    const ids = ['a', 'b', 'c'].map((end) => `${section}-${end}`);
    for (const id of ids) {
      await w.call(as(w, root, settings('PUT', id, { id })));
      w.clock.move(10);
    }
    await w.call(as(w, root, settings('GET', `${section}-never`)));
    const call = (query: string) => w.call(as(w, root, { method: 'GET', path: `/api/v1/settings?${query}` }));
    const page = (await call(`search=${section.toUpperCase()}-&take=2&total=true`)).json;
    assert.deepEqual(
      (page.data as { id: string }[]).map(({ id }) => id),
      [ids[2], ids[1]],
    );
    assert.equal(page.total, 3);
    const named = (await call(`ids=${ids[0]},${section}-never`)).json;
    assert.deepEqual(
      (named.data as { parameters: object }[]).map(({ parameters }) => parameters),
      [{ id: ids[0] }],
    );
    assertProblem(await call('ids=a%20b'), 400, 'INVALID_DATA');
  });
});
