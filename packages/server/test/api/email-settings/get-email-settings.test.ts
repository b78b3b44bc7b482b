import type { Request } from '../../support/client.ts';
import { mailPeople as people } from '../../support/email-settings.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

const get = (id: string): Request => ({ method: 'GET', path: `/api/v1/email_settings/${id}` });

onEachStore('e-mail settings', (world) => {
  run(world, [
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `are for ${who === 'anna' ? 'the owner' : 'an admin'}`,
        given: people,
        request: (given, w) => ({ ...get(given.anna.id), headers: w.byHeader(given[who]) }),
        body: ({ anna }) => ({
          id: anna.id,
          name: anna.name,
          email: anna.email,
          language: 'de',
          subscriptions: {},
          verified: false,
          custom_hdr: {},
          custom_dat: {},
        }),
      }),
    ),
    scenario({
      name: 'are not for others',
      given: people,
      request: ({ anna, ben }, w) => ({ ...get(anna.id), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
    }),
    scenario({
      name: 'of an account without any',
      given: (w) => w.person(),
      request: (anna, w) => ({ ...get(anna.id), headers: w.byHeader(anna) }),
      code: 'NOT_FOUND',
    }),
  ]);
});
