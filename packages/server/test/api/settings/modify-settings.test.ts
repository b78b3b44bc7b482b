import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Request } from '../../support/client.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { as } from '../../support/sites.ts';
import { assertProblem, newLogin, onEachStore, type Person, type World } from '../../support/world.ts';

const settings = (method: string, id = '', json?: unknown): Request => ({
  method,
  path: `/api/v1/settings${id && `/${id}`}`,
  ...(json !== undefined && { json }),
});
const changed = ({ id }: Person) => [{ user: id, reason: 'settings-changed' }];

async function shown(w: World, person: Person): Promise<unknown> {
  const answer = await w.call(as(w, person, { method: 'GET', path: '/api/v1/sessions/current' }));
  return (answer.json.user as { settings: unknown }).settings;
}

/** Somebody whose section holds something, and others. */
async function people(w: World) {
  const anna = await w.person();
  const parameters = { theme: 'dark', count: 2, deep: { a: [1, null] } };
  const answer = await w.call(as(w, anna, settings('PUT', anna.id, { parameters })));
  assert.equal(answer.status, 200, answer.text);
  return { anna, parameters, ben: await w.person(), root: await w.admin(), section: newLogin() };
}
type Given = Awaited<ReturnType<typeof people>>;
const own =
  (method: string, json?: unknown) =>
  ({ anna }: Given, w: World) =>
    as(w, anna, settings(method, anna.id, json));

onEachStore("an account's settings", (world) => {
  run(world, [
    scenario({
      name: 'are empty, without a time, before they are set',
      given: (w) => w.person(),
      request: (anna, w) => as(w, anna, settings('GET', anna.id)),
      afterwards: (anna, { json }) => assert.deepEqual(json, { id: anna.id, parameters: {} }),
    }),
    scenario({
      name: 'are what was put',
      given: people,
      request: own('GET'),
      body: ({ anna, parameters }) => ({ id: anna.id, parameters }),
      afterwards: (_given, { json }) => assert.ok(Date.parse(String(json.update_time))),
    }),
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
    refused('the list needs a session', settings('GET'), 'NOT_SIGNED'),
    scenario({
      name: 'the list is for admins',
      given: people,
      request: ({ anna }, w) => as(w, anna, settings('GET')),
      code: 'NOT_IN_ROLE',
    }),
  ]);

  it("others' sections are for admins alone, whatever their name", async () => {
    const w = world();
    const { anna, ben, root, section } = await people(w);
    await w.call(as(w, root, settings('PUT', section, { secret: 1 })));
    const longer = `${ben.id}0`.slice(0, 64);
    for (const id of [anna.id, section, longer, ben.id.slice(0, -1), `0${ben.id}`, 'me', 'current']) {
      for (const method of ['GET', 'PUT', 'PATCH']) {
        const request = settings(method, id, method === 'GET' ? undefined : { theme: 'x' });
        assertProblem(await w.call(request), 401, 'NOT_SIGNED');
        assertProblem(await w.call(as(w, ben, request)), 403, 'NOT_OWNER');
      }
    }
    assert.equal((await w.call(as(w, ben, settings('GET', 'a.b')))).status, 404);
  });

  it('the list is by pages, the latest change first', async () => {
    const w = world();
    const { root, section } = await people(w);
    const ids = ['a', 'b', 'c'].map((end) => `${section}-${end}`);
    for (const id of ids) {
      await w.call(as(w, root, settings('PUT', id, { id })));
      w.clock.move(10);
    }
    await w.call(as(w, root, settings('GET', `${section}-never`)));
    const call = (query: string) => w.call(as(w, root, { method: 'GET', path: `/api/v1/settings?${query}` }));
    const page = (await call(`search=${section.toUpperCase()}-&take=2&total=true`)).json;
    assert.deepEqual(
      (page.data as { id: string }[]).map(({ id }) => id),
      [ids[2], ids[1]],
    );
    assert.equal(page.total, 3);
    const named = (await call(`ids=${ids[0]},${section}-never`)).json;
    assert.deepEqual(
      (named.data as { parameters: object }[]).map(({ parameters }) => parameters),
      [{ id: ids[0] }],
    );
    assertProblem(await call('ids=a%20b'), 400, 'INVALID_DATA');
  });
});
