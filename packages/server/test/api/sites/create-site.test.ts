import assert from 'node:assert/strict';
import { refused, run, scenario } from '../../support/scenario.ts';
import {
  as,
  newCode,
  newSite,
  rolesAt,
  type SitePeople,
  shown,
  sitePeople,
  sites,
  stored,
} from '../../support/sites.ts';
import { onEachStore, type World } from '../../support/world.ts';

const full = {
  name: 'Acme',
  description: 'two\nlines',
  address: '1 Street',
  center: { type: 'Point', coordinates: [-3.7, 40.4] },
  radius: 1.5,
  geometry: { type: 'Polygon', coordinates: [] },
  boundaries: {},
  language: 'es',
  timezone: 'Europe/Madrid',
  industry: 'tools',
  org_size: 12,
  total_sites: 0,
  purpose: 'trial',
  params: { a: [1, null] },
};

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

onEachStore('changing a site', (world) => {
  const change = (who: 'admin' | 'root', fields: object) => (given: SitePeople, w: World) =>
    as(w, given[who], sites('PUT', `/${given.site}`, fields));

  run(world, [
    scenario({
      name: 'a new name shows in every session, and tokens become stale',
      given: sitePeople,
      request: change('admin', { name: 'New' }),
      body: { name: 'New', language: 'en' },
      refreshes: ({ site }) => [{ site, reason: 'site-changed' }],
      async afterwards({ site, user, auditor, root }, _answer, w) {
        for (const person of [user, auditor]) {
          assert.deepEqual(await shown(w, person), [{ id: site, name: 'New' }]);
        }
        assert.deepEqual(await shown(w, root), []);
      },
    }),
    scenario({
      name: 'other fields put nothing in the log; null takes one away',
      given: async (w) => {
        const given = await sitePeople(w);
        await w.call(change('admin', { ...full, code: newCode() })(given, w));
        return given;
      },
      request: change('admin', { radius: null, code: null, org_size: 3, name: 'Acme' }),
      body: { org_size: 3, name: 'Acme', purpose: 'trial' },
      afterwards: (_given, { json }) => assert.ok(!('radius' in json) && !('code' in json)),
    }),
    scenario({
      name: 'only a global admin says whether it is active',
      given: sitePeople,
      request: change('root', { active: false }),
      body: { active: false },
    }),
    scenario({
      name: 'an admin of the site does not',
      given: sitePeople,
      request: change('admin', { active: false, description: 'x' }),
      code: 'NOT_IN_ROLE',
      afterwards: async ({ site }, _answer, w) => assert.equal((await stored(w, site))!.description, ''),
    }),
    ...['id', 'creator_id', 'create_time', 'deleted', 'update_time', 'users'].map((field) =>
      scenario({
        name: `${field} cannot be written`,
        given: sitePeople,
        request: change('root', { name: 'New', [field]: '1' }),
        code: 'INVALID_DATA',
        afterwards: async ({ site }, _answer, w) => assert.equal((await stored(w, site))!.name, 'Acme'),
      }),
    ),
    scenario({
      name: "another site's code is not taken over",
      given: async (w) => {
        const code = newCode();
        const given = await sitePeople(w);
        return { ...given, code, taken: await newSite(w, given.foreign, { code }) };
      },
      request: ({ admin, site, code }, w) =>
        as(w, admin, sites('PUT', `/${site}`, { name: 'New', code: code.toLowerCase() })),
      code: 'CONFLICT',
      async afterwards({ site, taken, code, nobody }, _answer, w) {
        assert.equal((await stored(w, site))!.name, 'Acme');
        const found = await w.call(as(w, nobody, sites('GET', `/find_by_code?code=${code}`)));
        assert.equal(found.json.id, taken);
      },
    }),
    scenario({
      name: 'a site that is not there',
      given: (w) => w.admin(),
      request: (root, w) => as(w, root, sites('PUT', '/4503599627370497', { name: 'x' })),
      code: 'NOT_FOUND',
    }),
  ]);
});
