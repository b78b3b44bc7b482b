import assert from 'node:assert/strict';
import { it } from 'node:test';
import { accountPeople as people } from '../../support/people.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('reading accounts', (world) => {
  run(world, [
    ...(['ben', 'keeper'] as const).map((who) =>
      scenario({
        name: `the list is not for ${who === 'ben' ? 'users' : "a site's admin"}`,
        given: people,
        request: (given, w) => ({ method: 'GET', path: '/api/v1/accounts', headers: w.byHeader(given[who]) }),
        code: 'NOT_IN_ROLE',
      }),
    ),
    refused('the list of nobody', { method: 'GET', path: '/api/v1/accounts' }, 'NOT_SIGNED'),
  ]);

  it('the list is filtered and paged, and refuses junk', async () => {
    const w = world();
    const { anna, ben, root } = await people(w);
    const ask = (query: string) =>
      w.call({ method: 'GET', path: `/api/v1/accounts?${query}`, headers: w.byHeader(root) });
    const ids = async (query: string) =>
      ((await ask(query)).json.data as { id: string }[]).map(({ id }) => id).sort();
    assert.deepEqual(await ids(`search=${anna.login.toUpperCase()}`), [anna.id]);
    assert.deepEqual(await ids(`ids=${anna.id},${ben.id}`), [anna.id, ben.id].sort());
    assert.deepEqual(await ids(`ids=${anna.id}&active=false`), []);
    const page = await ask(`ids=${anna.id},${ben.id}&take=1&skip=1&total=true`);
    assert.equal((page.json.data as []).length, 1);
    assert.equal(page.json.total, 2);
    for (const junk of ['ids=me', 'ids=', 'take=101', 'active=1', 'search=', 'login=a', 'ids=1,,2']) {
      assert.equal((await ask(junk)).json.code, 'INVALID_DATA', junk);
    }
  });
});
