import assert from 'node:assert/strict';
import { it } from 'node:test';
import { run, scenario } from '../../support/scenario.ts';
import {
  settingsChanged as changed,
  ownSettings as own,
  settingsPeople as people,
  settings,
  shownSettings as shown,
} from '../../support/settings.ts';
import { as } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore("an account's settings", (world) => {
  run(world, [
    scenario({
      name: 'patch sets, removes and adds, and leaves the rest',
      given: people,
      request: own('PATCH', { theme: null, size: 'big', increment: { count: 0.5, visits: 1 } }),
      refreshes: ({ anna }) => changed(anna),
      async afterwards({ anna, parameters }, { json }, w) {
        const now = { count: 2.5, deep: parameters.deep, size: 'big', visits: 1 };
        assert.deepEqual(json.parameters, now);
        assert.deepEqual(await shown(w, anna), now);
      },
    }),
    scenario({
      name: 'patch takes parameters as such too',
      given: people,
      request: own('PATCH', { parameters: { theme: 'light' }, increment: { count: -2 } }),
      body: { parameters: { theme: 'light', count: 0 } },
      refreshes: ({ anna }) => changed(anna),
    }),
    ...(
      [
        ['put', 'PUT', { theme: 'dark', count: 2, deep: { a: [1, null] } }],
        ['patch', 'PATCH', { theme: 'dark', gone: null, increment: { count: 0 } }],
        ['an empty patch', 'PATCH', {}],
      ] as const
    ).map(([name, method, json]) =>
      scenario({
        name: `${name} of what is so already puts nothing in the log`,
        given: people,
        request: own(method, json),
        body: ({ parameters }) => ({ parameters }),
      }),
    ),
    ...(
      [
        ['PUT', { 'a b': 1 }],
        ['PUT', { '': 1 }],
        ['PUT', { ['x'.repeat(65)]: 1 }],
        ['PUT', { increment: { a: 1 } }],
        ['PUT', { parameters: [] }],
        ['PUT', { parameters: { a: 1 }, b: 2 }],
        ['PUT', { id: '1', parameters: {}, update_time: 'x' }],
        ['PUT', { a: 'x'.repeat(16 * 1024) }],
        ['PUT', Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, i]))],
        ['PUT', []],
        ['PUT', null],
        ['PATCH', { increment: { a: '1' } }],
        ['PATCH', { increment: { a: null } }],
        ['PATCH', { increment: [] }],
        ['PATCH', { increment: 1 }],
        ['PATCH', { a: 1, increment: { a: 1 } }],
        ['PATCH', { increment: { 'a b': 1 } }],
        ['PATCH', { big: 'x'.repeat(16 * 1024) }],
        ['PATCH', 'x'],
      ] as [string, unknown][]
    ).map(([method, json]) =>
      scenario({
        name: `${method} ${JSON.stringify(json).slice(0, 50)} is refused`,
        given: people,
        request: own(method, json),
        code: 'INVALID_DATA',
        afterwards: async ({ anna, parameters }, _answer, w) =>
          assert.deepEqual(await shown(w, anna), parameters),
      }),
    ),
    scenario({
      name: 'what is no number is not added to, and nothing else of the change is done',
      given: people,
      request: own('PATCH', { other: 1, increment: { count: 1, theme: 1 } }),
      code: 'CONFLICT',
      afterwards: async ({ anna, parameters }, _answer, w) =>
        assert.deepEqual(await shown(w, anna), parameters),
    }),
    scenario({
      name: 'an admin changes them, and the account sees it',
      given: people,
      request: ({ anna, root }, w) => as(w, root, settings('PATCH', anna.id, { by: 'root' })),
      refreshes: ({ anna }) => changed(anna),
      afterwards: async ({ anna, root, parameters }, _answer, w) => {
        assert.deepEqual(await shown(w, anna), { ...parameters, by: 'root' });
        assert.deepEqual(await shown(w, root), {});
      },
    }),
  ]);

  it('50 increments at once add up', async () => {
    const w = world();
    const { anna } = await people(w);
    const patch = as(w, anna, settings('PATCH', anna.id, { increment: { count: 1 } }));
    const answers = await Promise.all(Array.from({ length: 50 }, () => w.call(patch)));
    for (const { status, text } of answers) assert.equal(status, 200, text);
    const seen = answers.map(({ json }) => (json.parameters as { count: number }).count);
    assert.equal(new Set(seen).size, 50);
    assert.equal(((await shown(w, anna)) as { count: number }).count, 52);
  });
});
