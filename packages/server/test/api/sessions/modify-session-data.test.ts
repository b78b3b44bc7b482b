import assert from 'node:assert/strict';
import { it } from 'node:test';
import { run, scenario } from '../../support/scenario.ts';
import { dataPeople, dataRequest, shownData } from '../../support/session-data.ts';
import { onEachStore, type World } from '../../support/world.ts';

type Given = Awaited<ReturnType<typeof dataPeople>>;

const patch =
  (json: unknown, type = 'application/json') =>
  ({ anna }: Given, w: World) => ({
    ...dataRequest('PATCH', anna, json, 'current/current'),
    headers: { ...w.byHeader(anna), 'content-type': type },
  });

onEachStore('changing the data of a session', (world) => {
  run(world, [
    ...[
      'application/json',
      'application/merge-patch+json',
      'application/merge-patch+json; charset=utf-8',
    ].map((type) =>
      scenario({
        name: `merges, sets and removes, as ${type}`,
        given: dataPeople,
        request: patch({ theme: null, cart: { pears: null, plums: 3 }, seen: [2] }, type),
        async afterwards({ anna, root }, { json }, w) {
          const now = { cart: { apples: 2, plums: 3 }, seen: [2] };
          assert.deepEqual(json, now);
          assert.deepEqual(await shownData(w, anna, root), [now, now]);
        },
      }),
    ),
    scenario({
      name: 'by an empty patch changes nothing',
      given: dataPeople,
      request: patch({}),
      afterwards: async ({ anna, root, data }, _answer, w) =>
        assert.deepEqual(await shownData(w, anna, root), [data, data]),
    }),
    ...(
      [
        ['more than fits beside the rest', { b: 'x'.repeat(4050) }],
        ['a text', 'x'],
        ['an array', []],
      ] as const
    ).map(([name, json]) =>
      scenario({
        name: `by ${name} is refused`,
        given: dataPeople,
        request: patch(json),
        code: 'INVALID_DATA',
        afterwards: async ({ anna, root, data }, _answer, w) =>
          assert.deepEqual(await shownData(w, anna, root), [data, data]),
      }),
    ),
    scenario({
      name: 'of another account is refused',
      given: dataPeople,
      request: ({ anna, ben }, w) => ({ ...dataRequest('PATCH', anna, {}), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
    }),
    scenario({
      name: 'after the session was closed is refused',
      async given(w) {
        const given = await dataPeople(w);
        await w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(given.anna) });
        return given;
      },
      request: ({ anna, root }, w) => ({
        ...dataRequest('PATCH', anna, { a: 1 }),
        headers: w.byHeader(root),
      }),
      code: 'CONFLICT',
    }),
  ]);

  it('many times at once loses nothing', async () => {
    const w = world();
    const { anna, root } = await dataPeople(w);
    const members = Array.from({ length: 40 }, (_, i) => [`k${i}`, i] as const);
    const answers = await Promise.all(
      members.map(([name, value]) =>
        w.call({ ...dataRequest('PATCH', anna, { many: { [name]: value } }), headers: w.byHeader(anna) }),
      ),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    for (const shown of await shownData(w, anna, root)) {
      assert.deepEqual((shown as { many: unknown }).many, Object.fromEntries(members));
    }
  });
});
