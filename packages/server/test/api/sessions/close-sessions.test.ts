import { refused, run, scenario } from '../../support/scenario.ts';
import { sessionPeople as everybody } from '../../support/sessions.ts';
import { onEachStore } from '../../support/world.ts';

const clear = (userId: string, query = '') => ({
  method: 'DELETE',
  path: `/api/v1/sessions/${userId}${query}`,
});

const nobody = '4503599627370497';

onEachStore('closing all sessions of an account', (world) => {
  run(world, [
    scenario({
      name: 'the owner, with the very one',
      given: everybody,
      request: ({ anna }, w) => ({ ...clear(anna.id), headers: w.byHeader(anna) }),
      body: { closed: 3 },
      ends: ({ anna, second, third }) =>
        [anna, second, third].map(({ sessionId }) => ({ session: sessionId, reason: 'cleared' })),
      async afterwards({ anna, ben, root }, _answer, w) {
        await w.assertDead(anna);
        await w.assertLive(ben);
        await w.assertLive(root);
      },
    }),
    scenario({
      name: 'all others',
      given: everybody,
      request: ({ second, anna }, w) => ({
        ...clear(anna.id, '?except=current'),
        headers: w.byCookie(second),
      }),
      body: { closed: 2 },
      ends: ({ anna, third }) =>
        [anna, third].map(({ sessionId }) => ({ session: sessionId, reason: 'cleared' })),
      afterwards: ({ second }, _answer, w) => w.assertLive(second),
    }),
    scenario({
      name: 'an admin',
      given: everybody,
      request: ({ anna, root }, w) => ({ ...clear(anna.id, '?except=current'), headers: w.byHeader(root) }),
      body: { closed: 3 },
      ends: ({ anna, second, third }) =>
        [anna, second, third].map(({ sessionId }) => ({ session: sessionId, reason: 'admin' })),
    }),
    scenario({
      name: 'of nobody',
      given: everybody,
      request: ({ root }, w) => ({ ...clear(nobody), headers: w.byHeader(root) }),
      body: { closed: 0 },
    }),
    scenario({
      name: 'of somebody else',
      given: everybody,
      request: ({ anna, ben }, w) => ({ ...clear(anna.id), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    ...['?except=all', '?except=', '?except=current&except=current', '?scope=all', '?user_id=1'].map(
      (query) =>
        scenario({
          name: `with ${query}`,
          given: (w) => w.person(),
          request: (person, w) => ({ ...clear(person.id, query), headers: w.byHeader(person) }),
          code: 'INVALID_DATA',
          afterwards: (person, _answer, w) => w.assertLive(person),
        }),
    ),
    scenario({
      name: 'with the parameter in a body',
      given: (w) => w.person(),
      request: (person, w) => ({
        ...clear(person.id),
        headers: w.byHeader(person),
        json: { except: 'current' },
      }),
      code: 'INVALID_DATA',
      afterwards: (person, _answer, w) => w.assertLive(person),
    }),
    ...['me', 'current', '0', '-1', '1e3', '01', '9007199254740993', '%31', '..', 'A', '%00'].map((id) =>
      scenario({
        name: `of the account ${id}`,
        given: (w) => w.person(),
        request: (person, w) => ({ ...clear(id), headers: w.byHeader(person) }),
        code: id === '%31' ? 'NOT_OWNER' : 'NOT_FOUND',
        afterwards: (person, _answer, w) => w.assertLive(person),
      }),
    ),
    refused('nobody', clear(nobody), 'NOT_SIGNED'),
  ]);
});
