import { run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

// That it is not ready while the database is away is in test/service/outage.test.ts.
onEachStore('ready', (world) => {
  run(world, [
    scenario({
      name: 'is told to anybody while the database answers',
      request: { method: 'GET', path: '/health/ready' },
      body: { status: 'ready' },
    }),
  ]);
});
