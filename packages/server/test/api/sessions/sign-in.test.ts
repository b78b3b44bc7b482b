import assert from 'node:assert/strict';
import { setAccountActive } from '../../../src/identity/accounts/set-account-active.ts';
import { run, scenario } from '../../support/scenario.ts';
import { newPassword, onEachStore } from '../../support/world.ts';

const signIn = (login: unknown, password: unknown) => ({
  method: 'POST',
  path: '/api/v1/signin',
  json: { login, password },
});

onEachStore('sign-in', (world) => {
  run(world, [
    scenario({
      name: 'opens one more session',
      given: (w) => w.person(),
      request: ({ login, password }) => ({
        ...signIn(login, password),
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
      }),
      cookie: 'set',
      body: ({ id, name }) => ({
        user_id: id,
        user_name: name,
        active: true,
        client: 'Firefox 140.0',
        platform: 'Linux',
      }),
      async afterwards(person, answer, w) {
        const credential = String(answer.json.id);
        assert.notEqual(credential, person.credential);
        assert.equal(answer.cookies[0]!.value, credential);
        await w.assertLive({ credential });
        await w.assertLive(person);
        const session = await w.session(credential.split('.')[0]!);
        assert.equal(session?.accountId, person.id);
        assert.deepEqual(session?.amr, ['pwd']);
        const { open_time: open, expire_time: expire } = answer.json;
        assert.equal(Date.parse(String(expire)) - Date.parse(String(open)), 30 * 86_400_000);
      },
    }),
    scenario({
      name: 'of a program is shown by its name',
      given: (w) => w.person(),
      request: ({ login, password }) => ({
        ...signIn(login, password),
        headers: { 'user-agent': 'curl/8.5.0' },
      }),
      cookie: 'set',
      body: { client: 'curl 8.5.0', platform: 'unknown system' },
    }),
    scenario({
      name: 'without a name is shown as such',
      given: (w) => w.person(),
      request: ({ login, password }) => signIn(login, password),
      cookie: 'set',
      body: { client: 'unknown client', platform: 'unknown system' },
    }),
    ...(['sec-fetch-site', 'origin'] as const).map((name) =>
      scenario({
        name: `a page in a browser, which sends ${name}, gets the public id`,
        given: (w) => w.person(),
        request: ({ login, password }, w) => ({
          ...signIn(login, password),
          headers: {
            'sec-fetch-site': { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
            origin: { origin: w.app.config.publicUrl },
          }[name] as Record<string, string>,
        }),
        cookie: 'set',
        afterwards: (_person, answer) => assert.match(String(answer.json.id), /^[\w-]{22}$/),
      }),
    ),
    ...['node', 'billing/1.0'].map((agent) =>
      scenario({
        name: `the fetch of Node.js is no page, also as ${agent}`,
        given: (w) => w.person(),
        request: ({ login, password }) => ({
          ...signIn(login, password),
          headers: { 'sec-fetch-mode': 'cors', 'user-agent': agent },
        }),
        cookie: 'set',
        afterwards: (_person, answer) => assert.equal(answer.json.id, answer.cookies[0]!.value),
      }),
    ),
    scenario({
      name: 'several cookies and a header do not block it, and their sessions go on',
      given: async (w) => [await w.person(), await w.person()] as const,
      request: ([{ login, password, credential }, other], w) => ({
        ...signIn(login, password),
        headers: {
          'x-session-id': 'dead',
          cookie: `${w.cookieName}=${credential}; ${w.cookieName}=${other.credential}`,
          authorization: 'Bearer a b',
        },
      }),
      cookie: 'set',
      async afterwards(people, _answer, w) {
        for (const person of people) await w.assertLive(person);
      },
    }),
    scenario({
      name: 'by the id of the account',
      given: (w) => w.person(),
      request: ({ id, password }) => signIn(id, password),
      cookie: 'set',
      body: ({ login }) => ({ user: { login } }),
    }),
    scenario({
      name: 'by another spelling of the login',
      given: (w) => w.person(),
      request: ({ login, password }) => signIn(`  ${login.toUpperCase()} `, password),
      cookie: 'set',
    }),
    scenario({
      name: 'with a dead session attached, it goes on and one cookie line is set',
      given: (w) => w.person(),
      request: ({ login, password }, w) => ({
        ...signIn(login, password),
        headers: w.byCookie({ credential: `${'B'.repeat(21)}A.${'B'.repeat(42)}A` }),
      }),
      cookie: 'set',
    }),
    scenario({
      name: 'a session that the client chose never becomes valid',
      given: (w) => w.person(),
      request: ({ login, password }) => ({
        ...signIn(login, password),
        headers: { 'x-session-id': 'chosen' },
      }),
      cookie: 'set',
      afterwards: (_person, answer, w) => {
        assert.notEqual(answer.json.id, 'chosen');
        return w.assertDead({ credential: 'chosen' });
      },
    }),
    scenario({
      name: 'an unknown login',
      request: signIn('nobody-at-all', newPassword()),
      code: 'WRONG_LOGIN',
    }),
    scenario({
      name: 'an unknown id',
      request: signIn('4503599627370497', newPassword()),
      code: 'WRONG_LOGIN',
    }),
    scenario({ name: 'an empty login', request: signIn('', newPassword()), code: 'WRONG_LOGIN' }),
    scenario({
      name: 'a login that is none',
      request: signIn('a\u0000b c', newPassword()),
      code: 'WRONG_LOGIN',
    }),
    scenario({
      name: 'a login of 100000 characters',
      request: signIn('a'.repeat(100_000), newPassword()),
      code: 'WRONG_LOGIN',
    }),
    scenario({
      name: 'a wrong password',
      given: (w) => w.person(),
      request: ({ login }) => signIn(login, newPassword()),
      code: 'WRONG_PASSWORD',
    }),
    scenario({
      name: 'an empty password',
      given: (w) => w.person(),
      request: ({ login }) => signIn(login, ''),
      code: 'WRONG_PASSWORD',
    }),
    scenario({
      name: 'a password of 100000 characters',
      given: (w) => w.person(),
      request: ({ login }) => signIn(login, 'a'.repeat(100_000)),
      code: 'WRONG_PASSWORD',
    }),
    scenario({
      name: 'an account that was disabled, and enabled again',
      given: async (w) => {
        const person = await w.person();
        await setAccountActive(w.app.context, { accountId: person.id, active: false });
        return person;
      },
      request: ({ login, password }) => signIn(login, password),
      code: 'WRONG_LOGIN',
      async afterwards(person, _answer, w) {
        await w.assertDead(person);
        await setAccountActive(w.app.context, { accountId: person.id, active: true });
        await w.assertDead(person);
        await w.again(person);
      },
    }),
    scenario({
      name: 'an account that was disabled, with a wrong password',
      given: async (w) => {
        const person = await w.person();
        await setAccountActive(w.app.context, { accountId: person.id, active: false });
        return person;
      },
      request: ({ login }) => signIn(login, newPassword()),
      code: 'WRONG_PASSWORD',
    }),
  ]);
});
