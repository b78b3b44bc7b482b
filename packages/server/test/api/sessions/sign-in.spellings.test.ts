import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { newAddress, newLogin, onEachStore, type World } from '../../support/world.ts';

const post = (path: string, json: Record<string, unknown>) => ({ method: 'POST', path, json });
const signIn = (login: string, password: string) => post('/api/v1/signin', { login, password });

/** Ways to write one login, each as the login of a sign-up, and to sign in with. */
const kinds: Readonly<Record<string, (name: string) => readonly string[]>> = {
  'German letters': (name) => [`${name}-straße`, `${name}-STRASSE`, `${name}-Straẞe`.toUpperCase()],
  'a Greek word': (name) => [`${name}-σοφός`, `${name}-ΣΟΦΌΣ`, `${name}-σοφόσ`, `${name}-σοφο\u0301ς`],
  'ligatures and full width': (name) => [`${name}-office`, `${name}-oﬃce`, `${name}-ＯＦＦＩＣＥ`],
  'what is pasted along': (name) => [
    name,
    `\ufeff${name}\u200b`,
    `\u202a${name}\u202c\n`,
    `\u00ad ${name}\u3000`,
  ],
  'an address': (name) => [
    `${name}@bücher.example`,
    `${name}@XN--BCHER-KVA.example`,
    `${name}@bücher。example\u200e`,
  ],
  'an address of a German domain': (name) => [`${name}@straße.example`, `${name}@STRAẞE.example.`],
  'what only looks like an address': (name) => [
    `${name}@straße`,
    `${name}@STRAẞE`,
    `${name.toUpperCase()}＠straße`,
  ],
};

onEachStore('a login is one however it is written:', (world) => {
  run(
    world,
    Object.entries(kinds).map(([kind, spell]) =>
      scenario({
        name: kind,
        async given(w) {
          const forms = spell(newLogin());
          return { person: await w.person({ login: forms[0] }), forms };
        },
        request: ({ person, forms }) => signIn(forms.at(-1)!, person.password),
        cookie: 'set',
        body: ({ person, forms }) => ({ user_id: person.id, user: { login: forms[0] } }),
        async afterwards({ person, forms }, _answer, w) {
          for (const form of forms) {
            assert.equal((await w.call(signIn(form, person.password))).json.user_id, person.id, form);
            const taken = await w.call({
              method: 'GET',
              path: `/api/v1/signup/validate?login=${encodeURIComponent(form)}`,
            });
            assert.equal(taken.json.code, 'LOGIN_ALREADY_USED', form);
            const again = post('/api/v1/signup', {
              name: 'Eve',
              login: form,
              password: 'a phrase of Eve alone',
            });
            assert.equal((await w.call(again)).json.code, 'LOGIN_ALREADY_USED', form);
          }
        },
      }),
    ),
  );
  run(world, [
    scenario({
      name: 'and so is the id',
      given: (w) => w.person(),
      request: ({ id, password }) => signIn(`\ufeff ${id}\u200b\n`, password),
      cookie: 'set',
      body: ({ id }) => ({ user_id: id }),
    }),
    scenario({
      name: 'it is shown as it was written, without what is invisible at its ends',
      request: () =>
        post('/api/v1/signup', {
          name: 'A',
          login: '\ufeff Straẞe-Zoe\u0308\u200b',
          password: 'a phrase of A alone',
        }),
      cookie: 'set',
      body: { user: { login: 'Straẞe-Zoë' } },
    }),
    scenario({
      name: 'invisible characters within are refused',
      request: () =>
        post('/api/v1/signup', { name: 'A', login: 'a\u200bda', password: 'a phrase of A alone' }),
      code: 'INVALID_DATA',
      body: { errors: [{ field: 'login' }] },
    }),
    scenario({
      name: 'a letter that only looks alike makes another',
      async given(w) {
        const name = newLogin();
        return { person: await w.person({ login: `${name}i` }), name };
      },
      request: ({ person, name }) => signIn(`${name}ı`, person.password),
      code: 'WRONG_LOGIN',
    }),
    scenario({
      name: 'an admin finds it by all of them',
      async given(w) {
        const name = newLogin();
        return { person: await w.person({ login: `${name}-straße` }), root: await w.admin(), name };
      },
      request: ({ root, name }, w) => ({
        method: 'GET',
        path: `/api/v1/accounts?search=${encodeURIComponent(`${name}-STRA\u00adSSE\u200b`)}`,
        headers: w.byHeader(root),
      }),
      body: ({ person }) => ({ data: [{ id: person.id }] }),
    }),
  ]);
});

/** Anna, whose address is proven. */
async function withProven(w: World) {
  const email = newAddress();
  const anna = await w.person({ login: newLogin(), email });
  await w.app.context.transaction((tx) => tx.emailSettings.prove(anna.id, email));
  return { anna, email };
}

onEachStore('an address in other letters', (world) => {
  run(world, [
    scenario({
      name: 'is no new one: it is shown as written, and stays verified',
      given: withProven,
      request: ({ anna, email }, w) => ({
        method: 'PUT',
        path: `/api/v1/email_settings/${anna.id}`,
        json: { email: `\u200b${email.toUpperCase()}` },
        headers: w.byHeader(anna),
      }),
      body: ({ email }) => ({ email: `${email.split('@')[0]!.toUpperCase()}@example.com`, verified: true }),
      async afterwards({ anna, email }, _answer, w) {
        const found = await w.app.context.read.emailSettings.listByEmail(email);
        assert.deepEqual(
          found.map(({ accountId }) => accountId),
          [anna.id],
        );
        for (const to of [email, `${email.split('@')[0]!.toUpperCase()}@example.com`]) {
          assert.deepEqual(
            (await w.mailsTo(to)).map(({ kind }) => kind).filter((kind) => kind !== 'verify-email'),
            [],
          );
        }
      },
    }),
    scenario({
      name: 'is proven by the code that was mailed to it before',
      async given(w) {
        const email = newAddress();
        const person = await w.person({ login: newLogin(), email });
        const [mail] = await w.mailsTo(email);
        const changed = await w.call({
          method: 'PUT',
          path: `/api/v1/email_settings/${person.id}`,
          json: { email: email.toUpperCase() },
          headers: w.byHeader(person),
        });
        assert.deepEqual([changed.status, changed.json.verified], [200, false]);
        return { person, code: mail!.values.code!.toLowerCase().replace(/.{4}/g, '$&\u2013') };
      },
      request: ({ person, code }) =>
        post('/api/v1/email_settings/verify', {
          login: person.login,
          code: `\ufeff${code}`,
          password: person.password,
        }),
      status: 204,
      async afterwards({ person }, _answer, w) {
        assert.equal((await w.app.context.read.emailSettings.find(person.id))!.verified, true);
      },
    }),
    scenario({
      name: 'counts towards the limit of its mailbox',
      given: withProven,
      request: ({ email }) => post('/api/v1/passwords/recover', { login: email.toUpperCase() }),
      status: 204,
      async afterwards({ email }, _answer, w) {
        for (const login of [email, `${email}\u200b`, email.replace('@', '＠'), `${email}.`]) {
          assert.equal((await w.call(post('/api/v1/passwords/recover', { login }))).status, 204);
        }
        const sent = (await w.mailsTo(email)).filter(({ kind }) => kind === 'recover-password');
        // With that of the sign-up there were five mails.
        assert.equal(sent.length, 4);
      },
    }),
  ]);
});
