import { run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

const alive = { method: 'GET', path: '/health/alive' };

onEachStore('alive', (world) => {
  run(world, [
    scenario({ name: 'is told to anybody', request: alive, body: { status: 'alive' } }),
    scenario({
      name: 'with a dead cookie all the same',
      request: (_given, w) => ({ ...alive, headers: w.byCookie({ credential: 'dead' }) }),
      body: { status: 'alive' },
    }),
  ]);
});
