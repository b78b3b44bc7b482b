import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rolePeople as people } from '../../support/people.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('reading roles', (world) => {
  run(world, [
    scenario({
      name: 'of all is not for the admin of a site',
      given: people,
      request: ({ keeper }, w) => ({ method: 'GET', path: '/api/v1/roles', headers: w.byHeader(keeper) }),
      code: 'NOT_IN_ROLE',
    }),
    refused('of all is not for nobody', { method: 'GET', path: '/api/v1/roles' }, 'NOT_SIGNED'),
  ]);

  it('of all, by pages', async () => {
    const w = world();
    const { anna, user, keeper, root } = await people(w);
    const ask = (query: string) =>
      w.call({ method: 'GET', path: `/api/v1/roles${query}`, headers: w.byHeader(root) });
    const page = await ask(`?ids=${anna.id},${user.id},${keeper.id}&total=true`);
    assert.equal(page.json.total, 2);
    const data = page.json.data as { id: string; roles: string[]; update_time: string }[];
    assert.deepEqual(data.map(({ id }) => id).sort(), [anna.id, keeper.id].sort());
    assert.deepEqual(data.find(({ id }) => id === keeper.id)?.roles, ['77:admin']);
    assert.ok(data.every(({ update_time: time }) => time.endsWith('Z')));
    assert.equal(((await ask('?take=1')).json.data as []).length, 1);
    for (const junk of ['?ids=me', '?role=admin', '?take=0']) {
      assert.equal((await ask(junk)).json.code, 'INVALID_DATA', junk);
    }
  });
});
