import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  codeTo,
  putEmailSettings as put,
  stateOf,
  verifiedPeople,
  verifyEmail as verify,
  withMail,
} from '../../support/email-settings.ts';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, newAddress, newPassword, onEachStore, type World } from '../../support/world.ts';

async function withCode(w: World) {
  const anna = await withMail(w);
  return { anna, code: await codeTo(w, anna.email) };
}

const unproven = async (w: World, anna: { id: string }) =>
  assert.equal((await stateOf(w, anna)).verified, false);

onEachStore('verifying an address', (world) => {
  run(world, [
    scenario({
      name: 'a code and the password prove the mailbox, and whose it is',
      given: withCode,
      request: ({ anna, code }) => verify(anna.login, code, anna),
      status: 204,
      async afterwards({ anna, code }, _answer, w) {
        const { email } = anna;
        assert.deepEqual(await stateOf(w, anna), { email, verified: true, provenEmail: email });
        assertProblem(await w.call(verify(anna.login, code, anna)), 400, 'WRONG_CODE');
        await w.assertLive(anna);
      },
    }),
    scenario({
      name: 'so does a session of the account',
      given: withCode,
      request: ({ anna, code }, w) => ({ ...verify(anna.login, code), headers: w.byHeader(anna) }),
      status: 204,
      async afterwards({ anna }, _answer, w) {
        assert.equal((await stateOf(w, anna)).verified, true);
        await w.assertLive(anna);
      },
    }),
    scenario({
      name: 'a new password replaces the old one and closes all sessions',
      given: async (w) => {
        const given = await withCode(w);
        return { ...given, second: await w.again(given.anna), chosen: newPassword() };
      },
      request: ({ anna, code, chosen }) => ({
        method: 'POST',
        path: '/api/v1/email_settings/verify',
        json: { login: anna.login, code, new_password: chosen },
      }),
      status: 204,
      ends: ({ anna, second }) =>
        [anna, second].map(({ sessionId }) => ({ session: sessionId, reason: 'password-reset' })),
      async afterwards({ anna, chosen }, _answer, w) {
        assert.equal((await stateOf(w, anna)).verified, true);
        const signIn = (password: string) => ({
          method: 'POST',
          path: '/api/v1/signin',
          json: { login: anna.login, password },
        });
        assertProblem(await w.call(signIn(anna.password)), 400, 'WRONG_PASSWORD');
        assert.equal((await w.call(signIn(chosen))).status, 200);
        assert.equal((await w.mailsTo(anna.email)).at(-1)!.kind, 'password-reset');
      },
    }),
    scenario({
      name: 'the code alone does not, and stays good',
      given: withCode,
      request: ({ anna, code }) => verify(anna.login, code),
      code: 'OWNER_PROOF_REQUIRED',
      async afterwards(given, _answer, w) {
        await unproven(w, given.anna);
        assert.equal((await w.call(verify(given.anna.login, given.code, given.anna))).status, 204);
      },
    }),
    scenario({
      name: "somebody else's session is no proof",
      given: async (w: World) => ({ ...(await withCode(w)), ben: await w.person() }),
      request: ({ anna, code, ben }, w) => ({ ...verify(anna.login, code), headers: w.byHeader(ben) }),
      code: 'OWNER_PROOF_REQUIRED',
      afterwards: ({ anna }, _answer, w) => unproven(w, anna),
    }),
    scenario({
      name: 'a wrong password is counted, and leaves the code',
      given: withCode,
      request: ({ anna, code }) => verify(anna.login, code, { password: newPassword() }),
      code: 'WRONG_PASSWORD',
      async afterwards(given, _answer, w) {
        await unproven(w, given.anna);
        const { tries } = (await w.app.context.read.passwords.find(given.anna.id))!;
        assert.equal(tries.failures, 1);
        assert.equal((await w.call(verify(given.anna.login, given.code, given.anna))).status, 204);
      },
    }),
    scenario({
      name: 'a right password with a wrong code is not looked at',
      given: withCode,
      request: ({ anna }) => verify(anna.login, 'WRONGWRONGWRONG2', { password: newPassword() }),
      code: 'WRONG_CODE',
      async afterwards({ anna }, _answer, w) {
        assert.equal((await w.app.context.read.passwords.find(anna.id))!.tries.failures, 0);
      },
    }),
    scenario({
      name: 'a new password that is refused leaves all as it is',
      given: withCode,
      request: ({ anna, code }) => ({
        method: 'POST',
        path: '/api/v1/email_settings/verify',
        json: { login: anna.login, code, new_password: 'short' },
      }),
      code: 'PASSWORD_TOO_SHORT',
      async afterwards(given, _answer, w) {
        await unproven(w, given.anna);
        await w.again(given.anna);
      },
    }),
    scenario({
      name: 'both passwords at once are refused',
      given: withCode,
      request: ({ anna, code }) => ({
        method: 'POST',
        path: '/api/v1/email_settings/verify',
        json: { login: anna.login, code, password: anna.password, new_password: newPassword() },
      }),
      code: 'INVALID_DATA',
      afterwards: ({ anna }, _answer, w) => unproven(w, anna),
    }),
    scenario({
      name: 'who gets the mail of a mistyped address gets no new password for an account that was proven before',
      given: async (w) => {
        const { anna, moved } = await verifiedPeople(w);
        await w.call({ ...put(anna.id, { email: moved }), headers: w.byHeader(anna) });
        return { anna, code: await codeTo(w, moved) };
      },
      request: ({ anna, code }) => ({
        method: 'POST',
        path: '/api/v1/email_settings/verify',
        json: { login: anna.login, code, new_password: newPassword() },
      }),
      code: 'OWNER_PROOF_REQUIRED',
      async afterwards(given, _answer, w) {
        await unproven(w, given.anna);
        await w.assertLive(given.anna);
        await w.again(given.anna);
      },
    }),
    scenario({
      name: 'a code of the address before proves nothing',
      given: async (w) => {
        const { anna, code } = await withCode(w);
        await w.call({ ...put(anna.id, { email: newAddress() }), headers: w.byHeader(anna) });
        return { anna, code };
      },
      request: ({ anna, code }) => verify(anna.login, code, anna),
      code: 'WRONG_CODE',
      afterwards: ({ anna }, _answer, w) => unproven(w, anna),
    }),
    scenario({
      name: 'a code to recover with verifies nothing',
      given: async (w) => {
        const anna = await withMail(w);
        await w.call({ method: 'POST', path: '/api/v1/passwords/recover', json: { login: anna.login } });
        return { anna, code: (await w.mailsTo(anna.email)).at(-1)!.values.code! };
      },
      request: ({ anna, code }) => verify(anna.login, code, anna),
      code: 'WRONG_CODE',
    }),
    scenario({
      name: 'after a day the code has expired',
      given: withCode,
      request({ anna, code }, w) {
        w.clock.move(24 * 3600_000);
        return verify(anna.login, code, anna);
      },
      code: 'CODE_EXPIRED',
    }),
  ]);

  it('of many at once with new passwords, one is set', async () => {
    const w = world();
    const { anna, code } = await withCode(w);
    const passwords = Array.from({ length: 20 }, () => newPassword());
    const answers = await Promise.all(
      passwords.map((new_password) =>
        w.call({
          method: 'POST',
          path: '/api/v1/email_settings/verify',
          json: { login: anna.login, code, new_password },
        }),
      ),
    );
    const done = passwords.filter((_, i) => answers[i]!.status === 204);
    assert.equal(done.length, 1);
    // Those that came later find the code used, or an account that is proven.
    for (const answer of answers.filter(({ status }) => status !== 204)) {
      if (answer.status === 403) assertProblem(answer, 403, 'OWNER_PROOF_REQUIRED');
      else assertProblem(answer, 400, 'WRONG_CODE');
    }
    await w.again({ login: anna.login, password: done[0]! });
  });
});

onEachStore(
  'where the code alone is to verify an address',
  (world) => {
    run(world, [
      scenario({
        name: 'it does',
        given: withCode,
        request: ({ anna, code }) => verify(anna.login, code),
        status: 204,
        async afterwards({ anna }, _answer, w) {
          assert.equal((await stateOf(w, anna)).verified, true);
          await w.assertLive(anna);
        },
      }),
      scenario({
        name: 'a wrong password that is sent with it is still refused',
        given: withCode,
        request: ({ anna, code }) => verify(anna.login, code, { password: newPassword() }),
        code: 'WRONG_PASSWORD',
        afterwards: ({ anna }, _answer, w) => unproven(w, anna),
      }),
    ]);
  },
  { engines: ['sqlite'], env: { LATCHKEY_VERIFY_BY_CODE_ALONE: 'true' } },
);
