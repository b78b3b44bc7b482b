import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import {
  settingsChanged as changed,
  type SettingsPeople as Given,
  ownSettings as own,
  settingsPeople as people,
  settings,
  shownSettings as shown,
} from '../../support/settings.ts';
import { as } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore("an account's settings", (world) => {
  run(world, [
    ...[{ a: 1, 'b.c': null }, { parameters: { a: 1, 'b.c': null } }].map((body, i) =>
      scenario({
        name: `put replaces all, and every session shows it; ${i ? 'as parameters' : 'by themselves'}`,
        given: async (w) => {
          const given = await people(w);
          return { ...given, second: await w.again(given.anna), proof: await w.login(given.anna) };
        },
        request: own('PUT', body),
        body: { parameters: { a: 1, 'b.c': null } },
        refreshes: ({ anna }) => changed(anna),
        async afterwards({ anna, second, proof }, { json }, w) {
          assert.deepEqual(json.parameters, { a: 1, 'b.c': null });
          assert.deepEqual(await shown(w, anna), { a: 1, 'b.c': null });
          assert.deepEqual(await shown(w, second), { a: 1, 'b.c': null });
          const stale = await w.call({ method: 'GET', path: '/auth/sessions', headers: w.byProof(proof) });
          assert.equal(stale.json.code, 'TOKEN_STALE');
        },
      }),
    ),
    ...[
      '{"__proto__":{"x":1}}',
      '{"parameters":{"__proto__":1}}',
      '{"a":{"__proto__":1}}',
      '{"a":1,"a":2}',
    ].map((body) =>
      scenario({
        name: `${body} is refused`,
        given: people,
        request: (given: Given, w) => {
          const request = own('PUT')(given, w);
          return { ...request, body, headers: { ...request.headers, 'content-type': 'application/json' } };
        },
        code: 'INVALID_DATA',
        afterwards: () => assert.equal(({} as Record<string, unknown>).x, undefined),
      }),
    ),
  ]);
});

onEachStore('sections of settings', (world) => {
  run(world, [
    scenario({
      name: "an admin's own names: nothing goes into the log, and no session shows them",
      given: people,
      request: ({ root, section }, w) => as(w, root, settings('PUT', section, { a: 1 })),
      body: ({ section }) => ({ id: section, parameters: { a: 1 } }),
      afterwards: async ({ root }, _answer, w) => assert.deepEqual(await shown(w, root), {}),
    }),
    ...['a.b', 'a:b', '%2e%2e', 'a%00', 'x'.repeat(65), 'a%20b'].map((id) =>
      scenario({
        name: `${id} is no section`,
        given: people,
        request: ({ root }, w) => as(w, root, settings('PUT', id, { a: 1 })),
        code: 'NOT_FOUND',
      }),
    ),
  ]);
});
