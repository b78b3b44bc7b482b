import assert from 'node:assert/strict';
import { rolePeople as people } from '../../support/people.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

const read = (id: string) => ({ method: 'GET', path: `/api/v1/roles/${id}` });

onEachStore('reading roles', (world) => {
  run(world, [
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `of an account by ${who}`,
        given: people,
        request: (given, w) => ({ ...read(given.anna.id), headers: w.byHeader(given[who]) }),
        body: ({ anna }) => ({ id: anna.id, roles: ['77:user', '8:user', 'reader'] }),
      }),
    ),
    scenario({
      name: 'of an account that never had any',
      given: people,
      request: ({ user }, w) => ({ ...read(user.id), headers: w.byHeader(user) }),
      afterwards: ({ user }, { json }) => assert.deepEqual(json, { id: user.id, roles: [] }),
    }),
    ...(['user', 'keeper'] as const).map((who) =>
      scenario({
        name: `of another account is not for ${who}`,
        given: people,
        request: (given, w) => ({ ...read(given.anna.id), headers: w.byHeader(given[who]) }),
        code: 'NOT_OWNER',
      }),
    ),
    scenario({
      name: 'of an account that is none',
      given: (w) => w.admin(),
      request: (root, w) => ({ ...read('4503599627370497'), headers: w.byHeader(root) }),
      code: 'NOT_FOUND',
    }),
  ]);
});
