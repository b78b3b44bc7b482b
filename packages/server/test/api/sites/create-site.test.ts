import assert from 'node:assert/strict';
import { it } from 'node:test';
import { refused, run, scenario } from '../../support/scenario.ts';
import { as, fullSite as full, newCode, newSite, rolesAt, shown, sites } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('making a site', (world) => {
  run(world, [
    scenario({
      name: 'the caller becomes its admin, in this session too',
      given: async (w) => ({ anna: await w.person(), code: newCode() }),
      request: ({ anna, code }, w) => as(w, anna, sites('POST', '', { ...full, code })),
      body: ({ anna, code }) => ({ ...full, code, creator_id: anna.id, active: true, deleted: false }),
      refreshes: ({ anna }) => [{ user: anna.id, reason: 'roles-changed' }],
      async afterwards({ anna }, { json }, w) {
        const id = String(json.id);
        assert.match(id, /^[1-9][0-9]{15}$/);
        assert.ok(Number.isSafeInteger(Number(id)));
        assert.deepEqual(await rolesAt(w, anna, id), ['admin']);
        assert.deepEqual(await shown(w, anna), [{ id, name: 'Acme' }]);
        const read = await w.call(as(w, anna, sites('GET', `/${id}`)));
        assert.deepEqual(read.json, json);
        assert.ok(Date.parse(String(json.create_time)));
      },
    }),
    scenario({
      name: 'a name is enough',
      given: (w) => w.person(),
      request: (anna, w) => as(w, anna, sites('POST', '', { name: ' Ácme ', code: null })),
      body: { name: 'Ácme', description: '', language: 'en', timezone: 'UTC', params: {} },
      refreshes: ({ id }) => [{ user: id, reason: 'roles-changed' }],
      afterwards: (_given, { json }) => {
        for (const name of ['code', 'center', 'radius', 'org_size']) assert.ok(!(name in json), name);
      },
    }),
    ...(
      [
        ['an id of its own', { id: '1' }],
        ['an empty id', { id: '' }],
        ['a role as id', { id: 'a:admin' }],
        ['another creator', { creator_id: '1' }],
        ['a time', { create_time: '2020-01-01T00:00:00Z' }],
        ['deleted', { deleted: false }],
        ['active', { active: true }],
        ['an unknown field', { roles: ['admin'] }],
        ['no name', { name: undefined }],
        ['an empty name', { name: ' ' }],
        ['a name of two lines', { name: 'a\nb' }],
        ['a name that is a number', { name: 5 }],
        ['null for a text', { description: null }],
        ['a code with a colon', { code: 'a:b' }],
        ['an empty code', { code: '' }],
        ['a negative radius', { radius: -1 }],
        ['a size that is a text', { org_size: '5' }],
        ['half a size', { total_sites: 0.5 }],
        ['a text for a shape', { center: 'here' }],
        ['a list for a shape', { geometry: [] }],
        ['a list of params', { params: [] }],
        ['too many params', { params: { a: 'x'.repeat(17_000) } }],
        ['too long a description', { description: 'x'.repeat(1001) }],
      ] as [string, object][]
    ).map(([name, fields]) =>
      scenario({
        name: `with ${name} makes nothing`,
        given: (w) => w.person(),
        request: (anna, w) => as(w, anna, sites('POST', '', { name: 'Acme', ...fields })),
        code: 'INVALID_DATA',
        afterwards: async (anna, _answer, w) => assert.deepEqual(await shown(w, anna), []),
      }),
    ),
    scenario({
      name: 'with the code of another site, in any case, makes nothing',
      given: async (w) => {
        const code = newCode();
        await newSite(w, await w.person(), { code });
        return { code, ben: await w.person() };
      },
      request: ({ ben, code }, w) =>
        as(w, ben, sites('POST', '', { name: 'Mine', code: code.toUpperCase() })),
      code: 'CONFLICT',
      afterwards: async ({ ben }, _answer, w) => assert.deepEqual(await shown(w, ben), []),
    }),
    refused('needs a session', sites('POST', '', { name: 'Acme' }), 'NOT_SIGNED'),
  ]);
});

onEachStore('a code for a new site', (world) => {
  it('of 20 new sites that want one code at once one is made', async () => {
    const w = world();
    const people = await Promise.all(Array.from({ length: 20 }, () => w.person()));
    const code = newCode();
    const answers = await Promise.all(
      people.map((person) => w.call(as(w, person, sites('POST', '', { name: 'Race', code })))),
    );
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [
      200,
      ...Array.from({ length: 19 }, () => 409),
    ]);
    for (const [i, person] of people.entries()) {
      assert.equal(((await shown(w, person)) as unknown[]).length, answers[i]!.status === 200 ? 1 : 0);
    }
  });
});
