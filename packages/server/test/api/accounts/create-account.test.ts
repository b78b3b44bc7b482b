import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, newLogin, newPassword, onEachStore, type World } from '../../support/world.ts';

const path = '/api/v1/accounts';
const address = () => `${newLogin()}@example.com`;

async function people(w: World) {
  return { root: await w.admin(), anna: await w.person(), email: address() };
}

onEachStore('an account that an admin makes', (world) => {
  run(world, [
    scenario({
      name: 'gets its password by mail, and nobody else knows one',
      given: people,
      request: ({ root, email }, w) => ({
        method: 'POST',
        path,
        json: { name: 'Dora', email, language: 'de', time_zone: 'Europe/Berlin' },
        headers: w.byHeader(root),
      }),
      body: ({ email }) => ({
        name: 'Dora',
        login: email,
        active: true,
        language: 'de',
        time_zone: 'Europe/Berlin',
      }),
      async afterwards({ email }, { json, text }, w) {
        assert.ok(!/password|code/i.test(text));
        const [mail, ...others] = await w.mailsTo(email);
        assert.deepEqual([mail!.kind, mail!.language, others], ['set-password', 'de', []]);
        const signIn = (password: string) =>
          w.call({ method: 'POST', path: '/api/v1/signin', json: { login: email, password } });
        assertProblem(await signIn(newPassword()), 400, 'WRONG_PASSWORD');
        const password = newPassword();
        // Longer than a code to recover with: it is not known when somebody reads the mail.
        w.clock.move(23 * 3600_000);
        const reset = { login: email, code: mail!.values.code, password };
        assert.equal(
          (await w.call({ method: 'POST', path: '/api/v1/passwords/reset', json: reset })).status,
          204,
        );
        assert.equal((await signIn(password)).status, 200);
        const { context } = w.app;
        assert.equal((await context.read.emailSettings.find(String(json.id) as never))!.verified, true);
      },
    }),
    scenario({
      name: 'is made by admins alone',
      given: people,
      request: ({ anna, email }, w) => ({
        method: 'POST',
        path,
        json: { name: 'Dora', email },
        headers: w.byHeader(anna),
      }),
      code: 'NOT_IN_ROLE',
    }),
    scenario({
      name: 'takes a login that is free',
      given: people,
      request: ({ root, anna, email }, w) => ({
        method: 'POST',
        path,
        json: { name: 'Dora', email, login: anna.login.toUpperCase() },
        headers: w.byHeader(root),
      }),
      code: 'LOGIN_ALREADY_USED',
      afterwards: async ({ email }, _answer, w) => assert.deepEqual(await w.mailsTo(email), []),
    }),
    ...[
      { name: 'Dora' },
      { name: 'Dora', email: address(), password: newPassword() },
      { email: address() },
    ].map((json) =>
      scenario({
        name: `does not take ${Object.keys(json)} alone`,
        given: people,
        request: ({ root }, w) => ({ method: 'POST', path, json, headers: w.byHeader(root) }),
        code: 'INVALID_DATA',
      }),
    ),
  ]);
});
