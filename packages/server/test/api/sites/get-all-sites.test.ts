import { refused, run, scenario } from '../../support/scenario.ts';
import { as, sites } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('lists of sites', (world) => {
  run(world, [
    refused('of all need a session', sites('GET', '/all'), 'NOT_SIGNED'),
    scenario({
      name: 'of all are for admins, not for a site called all',
      given: (w) => w.person(),
      request: (anna, w) => as(w, anna, sites('GET', '/all')),
      code: 'NOT_IN_ROLE',
    }),
  ]);
});
