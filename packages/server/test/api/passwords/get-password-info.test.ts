import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

onEachStore('what is told of a password', (world) => {
  const info = ({ id }: Person) => ({ method: 'GET', path: `/api/v1/passwords/${id}` });

  const three = async (w: World) => ({
    anna: await w.person(),
    ben: await w.person(),
    root: await w.admin(),
  });

  run(world, [
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `is for ${who === 'anna' ? 'the owner' : 'an admin'}`,
        given: three,
        request: (given, w) => ({ ...info(given.anna), headers: w.byHeader(given[who]) }),
        body: ({ anna }) => ({ id: anna.id, locked: false }),
        afterwards: (_given, { json, text }) => {
          assert.match(String(json.change_time), /Z$/);
          assert.ok(!text.includes('argon2'));
        },
      }),
    ),
    scenario({
      name: 'is not for others',
      given: three,
      request: ({ anna, ben }, w) => ({ ...info(anna), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
    }),
    scenario({
      name: 'is not for nobody',
      given: three,
      request: ({ anna }) => info(anna),
      code: 'NOT_SIGNED',
    }),
    scenario({
      name: 'of an account that is none',
      given: three,
      request: ({ root }, w) => ({
        method: 'GET',
        path: '/api/v1/passwords/4503599627370497',
        headers: w.byHeader(root),
      }),
      code: 'NOT_FOUND',
    }),
  ]);
});
