import assert from 'node:assert/strict';
import { it } from 'node:test';
import { accountPeople as people, profileChanged, putAccount as put, userOf } from '../../support/people.ts';
import { run, scenario } from '../../support/scenario.ts';
import { newLogin, onEachStore } from '../../support/world.ts';

const minute = 60_000;

onEachStore('changing an account', (world) => {
  run(world, [
    scenario({
      name: 'changes what is given, shows at once in every session, and makes tokens stale',
      given: async (w) => {
        const given = await people(w);
        await userOf(w, given.anna);
        return { ...given, second: await w.again(given.anna), proof: await w.login(given.anna) };
      },
      request: ({ anna }, w) => ({
        ...put(anna.id, {
          name: '  Änna  ',
          language: 'de-CH',
          theme: 'dark',
          time_zone: 'Europe/Zurich',
          custom_hdr: { color: 'red', deep: [{ a: null }] },
        }),
        headers: w.byHeader(anna),
      }),
      body: ({ anna }) => ({ id: anna.id, login: anna.login, name: 'Änna', custom_dat: {} }),
      refreshes: ({ anna }) => profileChanged(anna),
      async afterwards({ anna, second, proof }, _answer, w) {
        for (const session of [anna, second]) {
          assert.partialDeepStrictEqual(await userOf(w, session), {
            name: 'Änna',
            language: 'de-CH',
            theme: 'dark',
            time_zone: 'Europe/Zurich',
            custom_hdr: { color: 'red', deep: [{ a: null }] },
          });
        }
        const stale = { method: 'POST', path: '/auth/authenticate', headers: w.byProof(proof) };
        assert.equal((await w.call(stale)).json.code, 'TOKEN_STALE');
        const { status } = await w.call({ ...put(anna.id, { theme: '' }), headers: w.byHeader(anna) });
        assert.equal(status, 200);
        assert.equal((await userOf(w, anna)).name, 'Änna', 'what is not given stays');
      },
    }),
    ...[{}, { name: 'Ann Onymous', theme: '', custom_dat: {} }].map((json) =>
      scenario({
        name: `${JSON.stringify(json)} changes nothing and tells nobody`,
        given: people,
        request: ({ anna }, w) => ({ ...put(anna.id, json), headers: w.byHeader(anna) }),
        body: ({ anna }) => ({ name: anna.name }),
      }),
    ),
    scenario({
      name: 'an admin may',
      given: people,
      request: ({ anna, root }, w) => ({ ...put(anna.id, { name: 'Q' }), headers: w.byHeader(root) }),
      body: { name: 'Q' },
      refreshes: ({ anna }) => profileChanged(anna),
    }),
    ...(['ben', 'keeper'] as const).map((who) =>
      scenario({
        name: `${who === 'ben' ? 'somebody else' : "a site's admin"} may not`,
        given: people,
        request: (given, w) => ({ ...put(given.anna.id, { name: 'Q' }), headers: w.byHeader(given[who]) }),
        code: 'NOT_OWNER',
        afterwards: async ({ anna }, _answer, w) => assert.equal((await userOf(w, anna)).name, anna.name),
      }),
    ),
    scenario({
      name: 'nobody may not',
      given: people,
      request: ({ anna }) => put(anna.id, { name: 'Q' }),
      code: 'NOT_SIGNED',
    }),
    scenario({
      name: 'an account that is none',
      given: (w) => w.admin(),
      request: (root, w) => ({ ...put('4503599627370497', { name: 'Q' }), headers: w.byHeader(root) }),
      code: 'NOT_FOUND',
    }),
    ...Object.entries<unknown>({
      'an unknown field': { name: 'Q', roles: ['admin'] },
      id: { id: '1' },
      create_time: { create_time: '2020-01-01' },
      deleted: { deleted: true },
      password: { password: 'x' },
      email: { email: 'a@example.org' },
      'active by its owner': { active: false },
      'an empty name': { name: ' ' },
      'a control character': { name: 'a\u0000b' },
      'a name that is null': { name: null },
      'a language that is none': { language: 'de_CH' },
      'a theme that is none': { theme: 'dark red' },
      'a time zone that is none': { time_zone: 'Europe Zurich' },
      'a list for an object': { custom_hdr: [] },
      'a text for an object': { custom_dat: '{}' },
      'null for an object': { custom_dat: null },
      'a large object': { custom_dat: { a: 'x'.repeat(8192) } },
      'a large object in bytes': { custom_hdr: { a: 'ü'.repeat(4096) } },
      'a number for a login': { login: '4503599627370497' },
      'a login with a space': { login: 'a b' },
      'an empty login': { login: '' },
      'no object': [],
    }).map(([name, json]) =>
      scenario({
        name: `${name} is refused, and nothing is changed`,
        given: people,
        request: ({ anna }, w) => ({ ...put(anna.id, json), headers: w.byHeader(anna) }),
        code: 'INVALID_DATA',
        afterwards: async ({ anna }, _answer, w) =>
          assert.partialDeepStrictEqual(await userOf(w, anna), { name: anna.name, custom_dat: {} }),
      }),
    ),
    scenario({
      name: 'objects up to 8 KiB are taken, whatever their members are called',
      given: people,
      request: ({ anna }, w) => ({
        ...put(anna.id, { custom_dat: { constructor: { prototype: 1 }, a: 'x'.repeat(8000) } }),
        headers: w.byHeader(anna),
      }),
      refreshes: ({ anna }) => profileChanged(anna),
      body: { custom_dat: { constructor: { prototype: 1 } } },
    }),
    scenario({
      name: 'a prototype is inert or refused',
      given: people,
      request: ({ anna }, w) => ({
        method: 'PUT',
        path: `/api/v1/accounts/${anna.id}`,
        headers: { ...w.byHeader(anna), 'content-type': 'application/json' },
        body: '{"custom_dat":{"__proto__":{"polluted":1}}}',
      }),
      code: 'INVALID_DATA',
      afterwards: () => assert.equal(({} as { polluted?: number }).polluted, undefined),
    }),
  ]);
});

onEachStore('a new login', (world) => {
  run(world, [
    scenario({
      name: 'is taken after a proof of presence, and the old one is free',
      given: async (w) => ({ ...(await people(w)), login: `Ñ.${newLogin()}` }),
      request: ({ anna, login }, w) => ({ ...put(anna.id, { login }), headers: w.byHeader(anna) }),
      body: ({ login }) => ({ login }),
      refreshes: ({ anna }) => profileChanged(anna),
      async afterwards({ anna, login }, _answer, w) {
        assert.equal((await userOf(w, anna)).login, login);
        await w.again({ ...anna, login: login.toUpperCase() });
        await w.person({ login: anna.login });
      },
    }),
    scenario({
      name: 'needs one within five minutes',
      given: people,
      request({ anna }, w) {
        w.clock.move(5 * minute + 1000);
        return { ...put(anna.id, { login: newLogin(), name: 'Q' }), headers: w.byHeader(anna) };
      },
      code: 'REAUTH_REQUIRED',
      async afterwards({ anna }, _answer, w) {
        assert.partialDeepStrictEqual(await userOf(w, anna), { login: anna.login, name: anna.name });
        const json = { login: anna.login, name: 'Q' };
        const same = await w.call({ ...put(anna.id, json), headers: w.byHeader(anna) });
        assert.equal(same.status, 200, 'the same login is no change');
        const proof = { method: 'POST', path: '/api/v1/passwords/verify', json: { password: anna.password } };
        assert.equal((await w.call({ ...proof, headers: w.byHeader(anna) })).status, 204);
        w.clock.move(5 * minute - 5000);
        const again = { ...put(anna.id, { login: newLogin() }), headers: w.byHeader(anna) };
        assert.equal((await w.call(again)).status, 200);
      },
    }),
    scenario({
      name: 'by an admin needs it too',
      given: people,
      request({ anna, root }, w) {
        w.clock.move(6 * minute);
        return { ...put(anna.id, { login: newLogin() }), headers: w.byHeader(root) };
      },
      code: 'REAUTH_REQUIRED',
    }),
    scenario({
      name: "that is somebody else's, in any spelling, is refused with all that came along",
      given: people,
      request: ({ anna, ben }, w) => ({
        ...put(anna.id, { login: ben.login.toUpperCase(), name: 'Q' }),
        headers: w.byHeader(anna),
      }),
      code: 'LOGIN_ALREADY_USED',
      async afterwards({ anna, ben }, _answer, w) {
        assert.partialDeepStrictEqual(await userOf(w, anna), { login: anna.login, name: anna.name });
        await w.again(ben);
        const own = { ...put(anna.id, { login: anna.login.toUpperCase() }), headers: w.byHeader(anna) };
        assert.equal((await w.call(own)).json.login, anna.login.toUpperCase());
      },
    }),
  ]);

  it('that ten want at once is given to one', async () => {
    const w = world();
    const wanted = newLogin();
    const all = await Promise.all(Array.from({ length: 10 }, () => w.person()));
    const answers = await Promise.all(
      all.map((person) => w.call({ ...put(person.id, { login: wanted }), headers: w.byHeader(person) })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    for (const { status, json } of answers) if (status !== 200) assert.equal(json.code, 'LOGIN_ALREADY_USED');
  });
});
