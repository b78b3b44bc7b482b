import assert from 'node:assert/strict';
import { accountPeople as people, readAccount as read } from '../../support/people.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

type People = Awaited<ReturnType<typeof people>>;

onEachStore('reading accounts', (world) => {
  const whole = ({ anna }: People) => ({
    id: anna.id,
    login: anna.login,
    name: anna.name,
    active: true,
    deleted: false,
    time_zone: 'UTC',
    language: 'en',
    theme: '',
    custom_hdr: {},
    custom_dat: {},
  });

  run(world, [
    scenario({
      name: 'the current one',
      given: people,
      request: ({ anna }, w) => ({ ...read('current'), headers: w.byHeader(anna) }),
      body: whole,
      afterwards: (_given, { json }) => {
        assert.match(String(json.create_time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
        assert.equal(Object.keys(json).length, 11);
      },
    }),
    refused('the current one of nobody', read('current'), 'NOT_SIGNED'),
  ]);
});
