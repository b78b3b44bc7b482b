import assert from 'node:assert/strict';
import { refused, run, scenario } from '../../support/scenario.ts';
import { as, newCode, newSite, sites } from '../../support/sites.ts';
import { onEachStore, type World } from '../../support/world.ts';

onEachStore('finding a site by its code', (world) => {
  const coded = async (w: World) => {
    const code = newCode();
    const anna = await w.person();
    return { anna, code, id: await newSite(w, anna, { code, purpose: 'secret' }), ben: await w.person() };
  };

  run(world, [
    scenario({
      name: 'a person who knows a code sees id, code and name',
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
    refused('find needs a session', sites('GET', '/find_by_code?code=a'), 'NOT_SIGNED'),
  ]);
});
