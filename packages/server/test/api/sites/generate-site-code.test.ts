import assert from 'node:assert/strict';
import { it } from 'node:test';
import { refused, run, scenario } from '../../support/scenario.ts';
import { as, newCode, newSite, shown, sites } from '../../support/sites.ts';
import { onEachStore, type World } from '../../support/world.ts';

onEachStore('codes of sites', (world) => {
  const coded = async (w: World) => {
    const code = newCode();
    const anna = await w.person();
    return { anna, code, id: await newSite(w, anna, { code, purpose: 'secret' }), ben: await w.person() };
  };
  run(world, [
    scenario({
      name: 'whoever knows a code sees id, code and name',
      given: coded,
      request: ({ ben, code }, w) => as(w, ben, sites('GET', `/find_by_code?code=${code.toUpperCase()}`)),
      afterwards: ({ id, code }, { json }) => assert.deepEqual(json, { id, code, name: 'Acme' }),
    }),
    ...(
      [
        ['a code that nobody has', '?code=no-such-code', 'NOT_FOUND'],
        ['a part of a code', '?code=Code-', 'NOT_FOUND'],
        ['a wildcard', '?code=%25', 'INVALID_DATA'],
        ['no code', '', 'INVALID_DATA'],
        ['two codes', '?code=a&code=b', 'INVALID_DATA'],
      ] as const
    ).map(([name, query, code]) =>
      scenario({
        name: `${name} finds nothing`,
        given: coded,
        request: ({ ben }, w) => as(w, ben, sites('GET', `/find_by_code${query}`)),
        code,
      }),
    ),
    scenario({
      name: 'a free code is valid',
      given: coded,
      request: ({ ben, code }, w) => as(w, ben, sites('POST', '/validate_code', { code: `${code}x` })),
      status: 204,
    }),
    scenario({
      name: 'a taken one is not',
      given: coded,
      request: ({ ben, code }, w) =>
        as(w, ben, sites('POST', '/validate_code', { code: code.toLowerCase() })),
      code: 'CONFLICT',
    }),
    scenario({
      name: 'a generated one is short and plain, and replaces the old one',
      given: coded,
      request: ({ anna, id }, w) => as(w, anna, sites('POST', `/${id}/generate_code`)),
      body: ({ id }) => ({ id, name: 'Acme' }),
      async afterwards({ ben, code, id }, { json }, w) {
        assert.match(String(json.code), /^[2-9A-HJ-NP-Z]{8}$/);
        const found = await w.call(as(w, ben, sites('GET', `/find_by_code?code=${json.code}`)));
        assert.equal(found.json.id, id);
        const old = await w.call(as(w, ben, sites('GET', `/find_by_code?code=${code}`)));
        assert.equal(old.status, 404);
      },
    }),
    refused('find needs a session', sites('GET', '/find_by_code?code=a'), 'NOT_SIGNED'),
    refused('validate needs a session', sites('POST', '/validate_code', { code: 'a' }), 'NOT_SIGNED'),
  ]);

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
