import { refused, run, scenario } from '../../support/scenario.ts';
import { newLogin, onEachStore, type Person, signUpBody, type World } from '../../support/world.ts';

const signUp = (fields: Record<string, unknown>) => ({
  method: 'POST',
  path: '/api/v1/signup',
  json: signUpBody(fields),
});
const validate = (login: string) => ({
  method: 'GET',
  path: `/api/v1/signup/validate?login=${encodeURIComponent(login)}`,
});
const rename = (w: World, person: Person, login: string) => ({
  method: 'PUT',
  path: `/api/v1/accounts/${person.id}`,
  json: { login },
  headers: w.byHeader(person),
});

/** Vera, whose mailbox has proven itself, and Wendy, whose has not. */
async function people(w: World) {
  const [verified, typed] = [`vera.${newLogin()}@example.com`, `wendy.${newLogin()}@example.com`];
  const vera = await w.person({ email: verified });
  const wendy = await w.person({ email: typed });
  await w.app.context.transaction((tx) => tx.emailSettings.prove(vera.id, verified));
  return { vera, wendy, mallory: await w.person(), verified, typed };
}

/** How somebody might write an address that is not his. */
const variants: Readonly<Record<string, (email: string) => string>> = {
  'as it is': (email) => email,
  'in capitals': (email) => email.toUpperCase(),
  'with spaces around': (email) => ` ${email} `,
  'with a fullwidth at sign': (email) => email.replace('@', '＠'),
  'in fullwidth letters': (email) => email.replace('v', 'ｖ'),
};

onEachStore('an address that somebody has proven is not the login of anybody else', (world) => {
  run(world, [
    ...Object.entries(variants).flatMap(([name, spell]) => [
      scenario({
        name: `at sign-up, ${name}`,
        given: people,
        request: ({ verified }) => signUp({ login: spell(verified) }),
        code: 'LOGIN_ALREADY_USED',
      }),
      scenario({
        name: `in a new name, ${name}`,
        given: people,
        request: ({ mallory, verified }, w) => rename(w, mallory, spell(verified)),
        code: 'LOGIN_ALREADY_USED',
      }),
    ]),
    scenario({
      name: 'nor by way of the e-mail address of a sign-up',
      given: people,
      request: ({ verified }) => signUp({ login: undefined, email: verified }),
      code: 'LOGIN_ALREADY_USED',
    }),
    scenario({
      name: 'as is told beforehand',
      given: people,
      request: ({ verified }) => validate(verified.toUpperCase()),
      code: 'LOGIN_ALREADY_USED',
    }),
    scenario({
      name: 'its owner may take it',
      given: people,
      request: ({ vera, verified }, w) => rename(w, vera, verified),
      body: ({ verified }) => ({ login: verified }),
      refreshes: ({ vera }) => [{ user: vera.id, reason: 'profile-changed' }],
    }),
    scenario({
      name: 'an address that somebody has only typed in keeps nobody from it',
      given: people,
      request: ({ typed }) => signUp({ login: typed }),
      cookie: 'set',
    }),
  ]);
});

onEachStore(
  'hidden accounts',
  (world) =>
    run(world, [
      scenario({
        name: 'tell nobody that somebody has proven the address',
        given: people,
        request: ({ verified }) => validate(verified),
        status: 204,
      }),
      refused('and still no number is a login', validate('123'), 'INVALID_DATA'),
    ]),
  { engines: ['sqlite'], env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);
