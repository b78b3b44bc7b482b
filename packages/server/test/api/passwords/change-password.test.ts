import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, newPassword, onEachStore, type Person, type World } from '../../support/world.ts';

const change = (id: string, oldPassword: unknown, newOne: unknown) => ({
  method: 'POST',
  path: `/api/v1/passwords/${id}/change`,
  json: { old_password: oldPassword, new_password: newOne },
});
const verify = (password: unknown) => ({
  method: 'POST',
  path: '/api/v1/passwords/verify',
  json: { password },
});

async function withFresh(w: World) {
  const anna = await w.person();
  return { anna, second: await w.again(anna), fresh: newPassword(), ben: await w.person() };
}
const ends = (...people: readonly Person[]) =>
  people.map(({ sessionId }) => ({ session: sessionId, reason: 'password-changed' }));

async function signIn(w: World, login: string, password: string): Promise<number> {
  return (await w.call({ method: 'POST', path: '/api/v1/signin', json: { login, password } })).status;
}

onEachStore('changing the password', (world) => {
  run(world, [
    scenario({
      name: 'closes all sessions and opens a fresh one',
      given: withFresh,
      request: ({ anna, fresh }, w) => ({
        ...change(anna.id, anna.password, fresh),
        headers: w.byHeader(anna),
      }),
      cookie: 'set',
      body: ({ anna }) => ({ user_id: anna.id, active: true }),
      ends: ({ anna, second }) => ends(anna, second),
      async afterwards({ anna, second, fresh, ben }, answer, w) {
        const credential = String(answer.json.id);
        assert.equal(answer.cookies[0]!.value, credential);
        assert.ok(![anna.credential, second.credential].includes(credential));
        await w.assertLive({ credential });
        await w.assertLive(ben);
        await w.assertDead(anna);
        await w.assertDead(second);
        assert.equal(await signIn(w, anna.login, anna.password), 400);
        assert.equal(await signIn(w, anna.login, fresh), 200);
        const { changeTime } = (await w.app.context.read.passwords.find(anna.id))!;
        const user = answer.json.user as { change_pwd_time: string };
        assert.equal(Date.parse(user.change_pwd_time), changeTime);
      },
    }),
    scenario({
      name: 'a browser page gets the public id',
      given: withFresh,
      request: ({ anna, fresh }, w) => ({
        ...change(anna.id, anna.password, fresh),
        headers: { ...w.byCookie(anna), 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' },
      }),
      cookie: 'set',
      ends: ({ anna, second }) => ends(anna, second),
      afterwards: (_given, answer) => assert.match(String(answer.json.id), /^[\w-]{22}$/),
    }),
    ...(
      [
        ['a wrong one', ({ fresh }) => [`${fresh}x`, fresh], 'WRONG_PASSWORD'],
        ['none', ({ fresh }) => ['', fresh], 'WRONG_PASSWORD'],
        ['the new one twice', ({ fresh }) => [fresh, fresh], 'WRONG_PASSWORD'],
        ['a short new one', ({ anna }) => [anna.password, 'fourteen chars'], 'PASSWORD_TOO_SHORT'],
        ['a long new one', ({ anna }) => [anna.password, 'xy'.repeat(129)], 'PASSWORD_TOO_LONG'],
        ['a common new one', ({ anna }) => [anna.password, 'latchkey latchkey'], 'PASSWORD_TOO_COMMON'],
        ['the login as new one', ({ anna }) => [anna.password, anna.login.repeat(3)], 'PASSWORD_TOO_COMMON'],
        ['null', ({ anna }) => [anna.password, null], 'INVALID_DATA'],
        ['no old one', ({ fresh }) => [undefined, fresh], 'INVALID_DATA'],
      ] as [
        string,
        (given: Awaited<ReturnType<typeof withFresh>>) => [unknown, unknown],
        (
          | 'WRONG_PASSWORD'
          | 'PASSWORD_TOO_SHORT'
          | 'PASSWORD_TOO_LONG'
          | 'PASSWORD_TOO_COMMON'
          | 'INVALID_DATA'
        ),
      ][]
    ).map(([name, passwords, code]) =>
      scenario({
        name: `with ${name} changes nothing`,
        given: withFresh,
        request: (given, w) => ({
          ...change(given.anna.id, ...passwords(given)),
          headers: w.byHeader(given.anna),
        }),
        code,
        async afterwards({ anna, second }, _answer, w) {
          await w.assertLive(anna);
          await w.assertLive(second);
          assert.equal(await signIn(w, anna.login, anna.password), 200);
        },
      }),
    ),
    ...(['ben', 'root'] as const).map((who) =>
      scenario({
        name: `is for the owner alone, not for ${who === 'ben' ? 'others' : 'an admin'}`,
        given: async (w) => ({ ...(await withFresh(w)), root: await w.admin() }),
        request: ({ anna, fresh, ...others }, w) => ({
          ...change(anna.id, anna.password, fresh),
          headers: w.byHeader(others[who]),
        }),
        code: 'NOT_OWNER',
        afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
      }),
    ),
    scenario({
      name: 'needs a session',
      given: withFresh,
      request: ({ anna, fresh }) => change(anna.id, anna.password, fresh),
      code: 'NOT_SIGNED',
    }),
    scenario({
      name: 'with a dead session changes nothing',
      given: async (w) => {
        const given = await withFresh(w);
        await w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(given.anna) });
        return given;
      },
      request: ({ anna, fresh }, w) => ({
        ...change(anna.id, anna.password, fresh),
        headers: w.byHeader(anna),
      }),
      code: 'SESSION_NOT_FOUND',
      afterwards: async ({ anna }, _answer, w) =>
        assert.equal(await signIn(w, anna.login, anna.password), 200),
    }),
  ]);
});

onEachStore('proving presence', (world) => {
  run(world, [
    scenario({
      name: 'moves the time of the proof, and tokens tell it',
      given: async (w) => {
        const person = await w.person();
        return { person, proof: await w.login(person) };
      },
      request({ person, proof }, w) {
        w.clock.move(600_000);
        return { ...verify(person.password), headers: w.byCookie(proof) };
      },
      status: 204,
      async afterwards({ person, proof }, _answer, w) {
        const session = (await w.session(proof.sessionId))!;
        assert.ok(session.authTime - session.openTime >= 600_000);
        const other = (await w.session(person.sessionId))!;
        assert.equal(other.authTime, other.openTime, 'of this session alone');
        const { json } = await w.call({ method: 'POST', path: '/auth/who-am-i', headers: w.byCookie(proof) });
        const payload = Buffer.from(String(json.token).split('.')[1]!, 'base64url').toString();
        assert.equal(JSON.parse(payload).auth_time, Math.floor(session.authTime / 1000));
      },
    }),
    scenario({
      name: 'with a wrong password proves nothing',
      given: (w) => w.person(),
      request(person, w) {
        w.clock.move(600_000);
        return { ...verify(newPassword()), headers: w.byHeader(person) };
      },
      code: 'WRONG_PASSWORD',
      async afterwards({ sessionId }, _answer, w) {
        const { authTime, openTime } = (await w.session(sessionId))!;
        assert.equal(authTime, openTime);
      },
    }),
    scenario({ name: 'needs a session', request: verify('x'), code: 'NOT_SIGNED' }),
  ]);
});

onEachStore(
  'hidden accounts',
  (world) => {
    const signIn = (login: string, password: string) => ({
      method: 'POST',
      path: '/api/v1/signin',
      headers: { 'x-request-id': 'same' },
      json: { login, password },
    });
    run(world, [
      scenario({
        name: 'an unknown login, a number and a wrong password are one answer',
        given: (w) => w.person(),
        request: ({ login }) => signIn(login, newPassword()),
        code: 'WRONG_PASSWORD',
        async afterwards({ password }, answer, w) {
          for (const login of ['nobody-at-all', '4503599627370497', '', 'a b']) {
            const other = await w.call(signIn(login, password));
            assertProblem(other, 400, 'WRONG_PASSWORD');
            assert.equal(other.text, answer.text);
          }
        },
      }),
      scenario({
        name: 'validate tells nothing of a taken login',
        given: (w) => w.person(),
        request: ({ login }) => ({ method: 'GET', path: `/api/v1/signup/validate?login=${login}` }),
        status: 204,
      }),
      scenario({
        name: 'signing in still works',
        given: (w) => w.person(),
        request: ({ login, password }) => signIn(login, password),
        cookie: 'set',
      }),
    ]);
  },
  { engines: ['sqlite'], env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);
