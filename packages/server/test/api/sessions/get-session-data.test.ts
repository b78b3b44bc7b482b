import { run, scenario } from '../../support/scenario.ts';
import { dataPeople, dataRequest } from '../../support/session-data.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

const get = (person: Person, by: Person, w: World, path?: string) => ({
  ...dataRequest('GET', person, undefined, path),
  headers: w.byHeader(by),
});

onEachStore('the data of a session', (world) => {
  run(world, [
    scenario({
      name: 'is an empty object at first',
      given: (w) => w.person(),
      request: (anna, w) => get(anna, anna, w),
      afterwards: (_anna, { text }) => {
        if (text !== '{}') throw new Error(text);
      },
    }),
    ...(
      [
        ['by the public id', undefined],
        ['as the current session', ({ id }) => `${id}/current`],
        ['as the current session of the current account', () => 'current/current'],
        ['as a session of the current account', ({ sessionId }) => `current/${sessionId}`],
        ['by the credential', ({ id, credential }) => `${id}/${credential}`],
      ] as [string, ((person: Person) => string) | undefined][]
    ).map(([name, path]) =>
      scenario({
        name: `is found ${name}`,
        given: dataPeople,
        request: ({ anna }, w) => get(anna, anna, w, path?.(anna)),
        body: ({ data }) => data,
      }),
    ),
    scenario({
      name: 'is shown to an admin',
      given: dataPeople,
      request: ({ anna, root }, w) => get(anna, root, w),
      body: ({ data }) => data,
    }),
    scenario({
      name: 'is shown after the session has ended, as lists show it',
      async given(w) {
        const given = await dataPeople(w);
        const headers = w.byHeader(given.anna);
        await w.call({ method: 'POST', path: '/api/v1/signout', headers });
        return given;
      },
      request: ({ anna, root }, w) => get(anna, root, w),
      body: ({ data }) => data,
    }),
    scenario({
      name: 'is not shown to anybody else',
      given: dataPeople,
      request: ({ anna, ben }, w) => get(anna, ben, w),
      code: 'NOT_OWNER',
    }),
    scenario({
      name: 'is not found under another account',
      given: dataPeople,
      request: ({ anna, ben }, w) => get(anna, ben, w, `${ben.id}/${anna.sessionId}`),
      code: 'NOT_FOUND',
    }),
    scenario({
      name: "is not found as an admin's current session under another account",
      given: dataPeople,
      request: ({ anna, root }, w) => get(anna, root, w, `${anna.id}/current`),
      code: 'NOT_FOUND',
    }),
    scenario({
      name: 'needs a session',
      given: dataPeople,
      request: ({ anna }) => dataRequest('GET', anna, undefined, 'current/current'),
      code: 'NOT_SIGNED',
    }),
    scenario({
      name: 'of what cannot be a session is not found',
      given: dataPeople,
      request: ({ anna }, w) => get(anna, anna, w, `${anna.id}/restore`),
      code: 'NOT_FOUND',
    }),
  ]);
});
