import assert from 'node:assert/strict';
import { setAccountActive } from '../../../src/identity/accounts/set-account-active.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { newAddress, newLogin, onEachStore, type Person, type World } from '../../support/world.ts';

const signIn = (login: string, password: string) => ({
  method: 'POST',
  path: '/api/v1/signin',
  json: { login, password },
});
const login = (username: string, password: string) => ({
  method: 'POST',
  path: '/auth/login',
  json: { username, password },
});
const recover = (login: string) => ({ method: 'POST', path: '/api/v1/passwords/recover', json: { login } });

/** Somebody with a login and an address that are not the same. */
async function withAddress(w: World, email: string, { verified = true } = {}): Promise<Person> {
  const person = await w.person({ login: newLogin(), email });
  if (verified) await prove(w, person, email);
  return person;
}

async function prove(w: World, { id }: Person, email: string): Promise<void> {
  assert.equal(await w.app.context.transaction((tx) => tx.emailSettings.prove(id, email)), true);
}

async function recoveriesTo(w: World, email: string): Promise<number> {
  return (await w.mailsTo(email)).filter(({ kind }) => kind === 'recover-password').length;
}

/** Anna has proven her address; Ben has only typed his. */
async function people(w: World) {
  const [proven, typed] = [newAddress(), newAddress()];
  return {
    anna: await withAddress(w, proven),
    ben: await withAddress(w, typed, { verified: false }),
    proven,
    typed,
  };
}

onEachStore('an address that was verified signs its account in', (world) => {
  run(world, [
    scenario({
      name: 'where the login is another',
      given: people,
      request: ({ anna, proven }) => signIn(` ${proven.toUpperCase()} `, anna.password),
      cookie: 'set',
      body: ({ anna }) => ({ user_id: anna.id, user: { login: anna.login } }),
    }),
    scenario({
      name: 'by the auth interface',
      given: people,
      request: ({ anna, proven }) => login(proven, anna.password),
      cookie: 'set',
      body: ({ anna }) => ({ userId: Number(anna.id) }),
    }),
    scenario({
      name: 'and recovers its password',
      given: people,
      request: ({ proven }) => recover(proven),
      status: 204,
      afterwards: async ({ proven }, _answer, w) => assert.equal(await recoveriesTo(w, proven), 1),
    }),
    scenario({
      name: 'whose tries are counted like those by its login',
      given: people,
      request: ({ proven }) => signIn(proven, 'a wrong password'),
      code: 'WRONG_PASSWORD',
      async afterwards({ anna }, _answer, w) {
        assert.equal((await w.app.context.read.passwords.find(anna.id))!.tries.failures, 1);
      },
    }),
  ]);
});

onEachStore('an address signs nobody in', (world) => {
  run(world, [
    scenario({
      name: 'who has only typed it',
      given: people,
      request: ({ ben, typed }) => signIn(typed, ben.password),
      code: 'WRONG_LOGIN',
    }),
    scenario({
      name: 'who has only typed it, nor recovers a password',
      given: people,
      request: ({ typed }) => recover(typed),
      status: 204,
      afterwards: async ({ typed }, _answer, w) => assert.equal(await recoveriesTo(w, typed), 0),
    }),
    scenario({
      name: 'when it is the login of another, whose password it takes',
      async given(w) {
        const email = newAddress();
        const owner = await w.person({ login: email });
        return { owner, other: await withAddress(w, email), email };
      },
      request: ({ other, email }) => signIn(email, other.password),
      code: 'WRONG_PASSWORD',
      async afterwards({ owner, email }, _answer, w) {
        const answer = await w.call(signIn(email, owner.password));
        assert.equal(answer.json.user_id, owner.id);
      },
    }),
    scenario({
      name: 'when it is the login of another who is disabled',
      async given(w) {
        const email = newAddress();
        const owner = await w.person({ login: email });
        const other = await withAddress(w, email);
        await setAccountActive(w.app.context, { accountId: owner.id, active: false });
        return { other, email };
      },
      request: ({ other, email }) => signIn(email, other.password),
      code: 'WRONG_PASSWORD',
    }),
    scenario({
      name: 'when two have proven it',
      async given(w) {
        const email = newAddress();
        return { first: await withAddress(w, email), second: await withAddress(w, email), email };
      },
      request: ({ first, email }) => signIn(email, first.password),
      code: 'WRONG_LOGIN',
    }),
    scenario({
      name: 'after it was given up',
      async given(w) {
        const email = newAddress();
        const person = await withAddress(w, email);
        const moved = await w.call({
          method: 'PUT',
          path: `/api/v1/email_settings/${person.id}`,
          json: { email: newAddress() },
          headers: w.byHeader(person),
        });
        assert.equal(moved.status, 200);
        return { person, email };
      },
      request: ({ person, email }) => signIn(email, person.password),
      code: 'WRONG_LOGIN',
    }),
    refused('that is nobody’s', signIn('nobody@example.com', 'a password of nobody'), 'WRONG_LOGIN'),
  ]);
});

/** Ways to write one address, the stored one first. */
const spell = (name: string) => [
  `${name}@xn--bcher-kva.example`,
  `${name}@bücher.example`,
  `${name.toUpperCase()}@BÜCHER.EXAMPLE`,
  `${name}@bu\u0308cher.example`,
];

onEachStore('an international address is one address however it is written', (world) => {
  run(
    world,
    [0, 1, 2, 3].flatMap((signedUpAs) => [
      scenario({
        name: `as the login of a sign-up with spelling ${signedUpAs}`,
        async given(w) {
          const forms = spell(newLogin());
          return { person: await w.person({ login: undefined, email: forms[signedUpAs] }), forms };
        },
        request: ({ person, forms }) => signIn(forms[(signedUpAs + 1) % 4]!, person.password),
        cookie: 'set',
        async afterwards({ person, forms }, _answer, w) {
          for (const form of forms) {
            assert.equal((await w.call(signIn(form, person.password))).json.user_id, person.id, form);
            const taken = await w.call({
              method: 'GET',
              path: `/api/v1/signup/validate?login=${encodeURIComponent(form)}`,
            });
            assert.equal(taken.json.code, 'LOGIN_ALREADY_USED', form);
          }
          const settings = (await w.app.context.read.emailSettings.find(person.id))!;
          assert.equal(settings.email.toLowerCase(), forms[0]);
        },
      }),
      scenario({
        name: `as a verified address with spelling ${signedUpAs}`,
        async given(w) {
          const forms = spell(newLogin());
          const person = await withAddress(w, forms[signedUpAs]!, { verified: false });
          const { email } = (await w.app.context.read.emailSettings.find(person.id))!;
          await prove(w, person, email);
          return { person, forms };
        },
        request: ({ person, forms }) => signIn(forms[(signedUpAs + 1) % 4]!, person.password),
        cookie: 'set',
        body: ({ person }) => ({ user_id: person.id }),
      }),
    ]),
  );
  run(world, [
    scenario({
      name: 'so writing it in another way is no change',
      async given(w) {
        const forms = spell(newLogin());
        const person = await withAddress(w, forms[0]!);
        return { person, forms };
      },
      request: ({ person, forms }, w) => ({
        method: 'PUT',
        path: `/api/v1/email_settings/${person.id}`,
        json: { email: forms[1] },
        headers: w.byHeader(person),
      }),
      body: ({ forms }) => ({ email: forms[0], verified: true }),
    }),
    scenario({
      name: 'and a list of accounts finds it as it is read',
      async given(w) {
        const name = newLogin();
        return {
          person: await w.person({ login: undefined, email: spell(name)[1] }),
          root: await w.admin(),
          name,
        };
      },
      request: ({ root, name }, w) => ({
        method: 'GET',
        path: `/api/v1/accounts?search=${encodeURIComponent(`${name}@büch`)}`,
        headers: w.byHeader(root),
      }),
      body: ({ person }) => ({ data: [{ id: person.id }] }),
    }),
  ]);
});

onEachStore('an address without a dot is refused', (world) => {
  const signUp = (email: string) => ({
    method: 'POST',
    path: '/api/v1/signup',
    json: { name: 'Ann', email, password: 'a long enough pass phrase' },
  });
  run(world, [
    refused('at sign-up', signUp('a@b'), 'INVALID_DATA', { errors: [{ field: 'email' }] }),
    refused('at sign-up, on this machine', signUp('user@localhost'), 'INVALID_DATA', {
      errors: [{ field: 'email' }],
    }),
    scenario({
      name: 'in e-mail settings',
      given: people,
      request: ({ anna }, w) => ({
        method: 'PUT',
        path: `/api/v1/email_settings/${anna.id}`,
        json: { email: 'a@b' },
        headers: w.byHeader(anna),
      }),
      code: 'INVALID_DATA',
    }),
    scenario({
      name: 'for an account that an admin makes',
      given: (w) => w.admin(),
      request: (root, w) => ({
        method: 'POST',
        path: '/api/v1/accounts',
        json: { name: 'Ann', email: 'a@b' },
        headers: w.byHeader(root),
      }),
      code: 'INVALID_DATA',
    }),
    scenario({
      name: 'in an invitation',
      async given(w) {
        const anna = await w.person();
        const site = await w.call({
          method: 'POST',
          path: '/api/v1/sites',
          json: { name: 'Site' },
          headers: w.byHeader(anna),
        });
        return { anna, siteId: String(site.json.id) };
      },
      request: ({ anna, siteId }, w) => ({
        method: 'POST',
        path: `/api/v1/sites/${siteId}/invitations`,
        json: { action: 'activate', invitee_email: 'a@b', role: 'user' },
        headers: w.byHeader(anna),
      }),
      code: 'INVALID_DATA',
      body: { errors: [{ field: 'invitee_email' }] },
    }),
  ]);
});
