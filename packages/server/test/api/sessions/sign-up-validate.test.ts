import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

const path = '/api/v1/signup';

const on = (field: string) => ({ errors: [{ field, code: 'INVALID_DATA' }] });

const validate = (query: string) => ({ method: 'GET', path: `${path}/validate${query}` });

onEachStore('validating a sign-up', (world) => {
  run(world, [
    scenario({ name: 'a free login', request: validate('?login=nobody-yet'), status: 204 }),
    scenario({ name: 'no login', request: validate(''), status: 204 }),
    scenario({ name: 'an empty login', request: validate('?login='), status: 204 }),
    scenario({
      name: 'a taken login, in any spelling',
      given: (w) => w.person(),
      request: ({ login }) => validate(`?login=%20${login.toUpperCase()}`),
      code: 'LOGIN_ALREADY_USED',
    }),
    refused('a number', validate('?login=123'), 'INVALID_DATA'),
    refused('a login twice', validate('?login=a&login=b'), 'INVALID_DATA'),
    refused('another parameter', validate('?login=a&x=1'), 'INVALID_DATA', on('x')),
  ]);
});
