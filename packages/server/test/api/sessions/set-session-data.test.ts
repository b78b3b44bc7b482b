import assert from 'node:assert/strict';
import { it } from 'node:test';
import { claimsOf } from '../../support/auth.ts';
import { run, scenario } from '../../support/scenario.ts';
import { dataPeople, dataRequest, shownData } from '../../support/session-data.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

type Given = Awaited<ReturnType<typeof dataPeople>>;

const put =
  (json: unknown) =>
  ({ anna }: Given, w: World) => ({
    ...dataRequest('PUT', anna, json),
    headers: w.byHeader(anna),
  });
const unchanged = async ({ anna, root, data }: Given, _answer: unknown, w: World) =>
  assert.deepEqual(await shownData(w, anna, root), [data, data]);

/** Objects nested so deep, the outermost counted. */
const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

onEachStore('replacing the data of a session', (world) => {
  run(world, [
    scenario({
      name: 'shows in the session at once, and puts nothing in the log',
      given: dataPeople,
      request: put({ b: [1, { c: null }], 'ü ñ': '\u0000', constructor: 1 }),
      async afterwards({ anna, root }, { json }, w) {
        const now = { b: [1, { c: null }], 'ü ñ': '\u0000', constructor: 1 };
        assert.deepEqual(json, now);
        assert.deepEqual(await shownData(w, anna, root), [now, now]);
      },
    }),
    scenario({
      name: 'an admin may',
      given: dataPeople,
      request: ({ anna, root }, w) => ({
        ...dataRequest('PUT', anna, { by: 'root' }),
        headers: w.byHeader(root),
      }),
      afterwards: async ({ anna, root }, _answer, w) =>
        assert.deepEqual(await shownData(w, anna, root), [{ by: 'root' }, { by: 'root' }]),
    }),
    scenario({
      name: 'what was read can be put back',
      given: dataPeople,
      request: ({ anna, data }, w) => put(data)({ anna } as Given, w),
      afterwards: unchanged,
    }),
    scenario({
      name: 'nobody else may',
      given: dataPeople,
      request: ({ anna, ben }, w) => ({ ...dataRequest('PUT', anna, {}), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
      afterwards: unchanged,
    }),
    scenario({
      name: 'nobody may under another account',
      given: dataPeople,
      request: ({ anna, ben }, w) => ({
        ...dataRequest('PUT', anna, {}, `${ben.id}/${anna.sessionId}`),
        headers: w.byHeader(ben),
      }),
      code: 'NOT_FOUND',
      afterwards: unchanged,
    }),
    scenario({
      name: 'up to 4 KiB of JSON, however many bytes its spaces take',
      given: dataPeople,
      request: ({ anna }, w) => ({
        ...dataRequest('PUT', anna),
        body: JSON.stringify({ a: 'é'.repeat(2044) }, null, 5000).padEnd(20_000),
        headers: { ...w.byHeader(anna), 'content-type': 'application/json' },
      }),
      body: { a: 'é'.repeat(2044) },
    }),
    ...(
      [
        ['more than 4 KiB', { a: 'é'.repeat(2045) }],
        ['an array', []],
        ['a text', 'x'],
        ['null', null],
        ['nothing', undefined],
        ['a deeply nested object', nested(33)],
      ] as const
    ).map(([name, json]) =>
      scenario({
        name: `${name} is refused`,
        given: dataPeople,
        request: put(json),
        code: 'INVALID_DATA',
        afterwards: unchanged,
      }),
    ),
    ...['{"__proto__":{"admin":true}}', '{"a":1,"a":2}', '{"a":1e999}', '{"a":"\\ud800"}'].map((body) =>
      scenario({
        name: `${body} is refused`,
        given: dataPeople,
        request: ({ anna }, w) => ({
          ...dataRequest('PUT', anna),
          body,
          headers: { ...w.byHeader(anna), 'content-type': 'application/json' },
        }),
        code: 'INVALID_DATA',
        afterwards: unchanged,
      }),
    ),
    scenario({
      name: 'a merge patch is no replacement',
      given: dataPeople,
      request: ({ anna }, w) => ({
        ...dataRequest('PUT', anna, {}),
        headers: { ...w.byHeader(anna), 'content-type': 'application/merge-patch+json' },
      }),
      code: 'UNSUPPORTED_MEDIA_TYPE',
      afterwards: unchanged,
    }),
    ...(
      [
        [
          'was closed',
          (anna: Person, w: World) =>
            w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(anna) }),
        ],
        ['has expired', (_anna: Person, w: World) => w.clock.move(31 * 86_400_000)],
      ] as const
    ).map(([name, end]) =>
      scenario({
        name: `a session that ${name} keeps what it has`,
        async given(w) {
          const given = await dataPeople(w);
          await end(given.anna, w);
          return { ...given, admin: await w.admin() };
        },
        request: ({ anna, admin }, w) => ({ ...dataRequest('PUT', anna, {}), headers: w.byHeader(admin) }),
        code: 'CONFLICT',
        afterwards: async ({ anna, data }, _answer, w) =>
          assert.deepEqual((await w.session(anna.sessionId))!.data, data),
      }),
    ),
  ]);

  it('tokens hold none of it, and go on', async () => {
    const w = world();
    const { anna } = await dataPeople(w);
    const proof = await w.login(anna);
    const request = dataRequest('PUT', { ...anna, sessionId: proof.sessionId }, { secret: 'pear' });
    assert.equal((await w.call({ ...request, headers: w.byProof(proof) })).status, 200);
    const answer = await w.call({ method: 'POST', path: '/auth/authenticate', headers: w.byProof(proof) });
    assert.equal(answer.status, 200, answer.text);
    const renewed = await w.call({ method: 'POST', path: '/auth/who-am-i', headers: w.byCookie(proof) });
    assert.ok(!JSON.stringify(claimsOf(String(renewed.json.token))).includes('pear'));
  });
});
