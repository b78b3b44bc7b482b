import { accountPeople as people, readAccount as read } from '../../support/people.ts';
import { run, scenario } from '../../support/scenario.ts';
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
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `one by ${who === 'anna' ? 'its owner' : 'an admin'}`,
        given: people,
        request: (given, w) => ({ ...read(given.anna.id), headers: w.byHeader(given[who]) }),
        body: whole,
      }),
    ),
    ...(['ben', 'keeper'] as const).map((who) =>
      scenario({
        name: `one by ${who === 'ben' ? 'somebody else' : "a site's admin"} is refused`,
        given: people,
        request: (given, w) => ({ ...read(given.anna.id), headers: w.byHeader(given[who]) }),
        code: 'NOT_OWNER',
      }),
    ),
    scenario({
      name: 'one by nobody is refused',
      given: people,
      request: ({ anna }) => read(anna.id),
      code: 'NOT_SIGNED',
    }),
    ...['4503599627370497', 'me', '0', '-1', '1e3', '%2e%2e', '1%00', 'CURRENT'].map((id) =>
      scenario({
        name: `${id} is nobody`,
        given: (w) => w.admin(),
        request: (root, w) => ({ ...read(id), headers: w.byHeader(root) }),
        code: 'NOT_FOUND',
      }),
    ),
  ]);
});
