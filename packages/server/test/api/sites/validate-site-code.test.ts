import { refused, run, scenario } from '../../support/scenario.ts';
import { as, newCode, newSite, sites } from '../../support/sites.ts';
import { onEachStore, type World } from '../../support/world.ts';

onEachStore('validating the code of a site', (world) => {
  const coded = async (w: World) => {
    const code = newCode();
    const anna = await w.person();
    return { anna, code, id: await newSite(w, anna, { code, purpose: 'secret' }), ben: await w.person() };
  };

  run(world, [
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
    refused('validate needs a session', sites('POST', '/validate_code', { code: 'a' }), 'NOT_SIGNED'),
  ]);
});
