import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  codesOf,
  recover,
  recovering,
  reset,
  signInWith as signIn,
  withMail,
} from '../../support/passwords.ts';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, newPassword, onEachStore } from '../../support/world.ts';

onEachStore('resetting a password', (world) => {
  run(world, [
    scenario({
      name: 'the code sets a new password, ends all sessions and proves the address',
      given: async (w) => {
        const given = await recovering(w);
        return { ...given, second: await w.again(given.anna) };
      },
      request: ({ anna, code, password }) => reset(anna.login, code, password),
      status: 204,
      ends: ({ anna, second }) =>
        [anna, second].map(({ sessionId }) => ({ session: sessionId, reason: 'password-reset' })),
      async afterwards({ anna, code, password }, _answer, w) {
        assertProblem(await w.call(signIn(anna.login, anna.password)), 400, 'WRONG_PASSWORD');
        assert.equal((await w.call(signIn(anna.login, password))).status, 200);
        const { context } = w.app;
        assert.equal((await context.read.emailSettings.find(anna.id))!.verified, true);
        assertProblem(await w.call(reset(anna.login, code)), 400, 'WRONG_CODE');
        const kinds = (await w.mailsTo(anna.email)).map(({ kind }) => kind);
        assert.deepEqual(kinds, ['verify-email', 'recover-password', 'password-reset']);
      },
    }),
    scenario({
      name: 'the code may be written with small letters, spaces and dashes',
      given: recovering,
      request: ({ anna, code, password }) =>
        reset(anna.login, ` ${code.toLowerCase().replace(/.{4}/g, '$&-')} `, password),
      status: 204,
      ends: ({ anna }) => [{ session: anna.sessionId, reason: 'password-reset' }],
    }),
    scenario({
      name: 'a password that is refused leaves the code',
      given: recovering,
      request: ({ anna, code }) => reset(anna.login, code, 'short'),
      code: 'PASSWORD_TOO_SHORT',
      async afterwards({ anna, code, password }, _answer, w) {
        assert.equal((await w.call(reset(anna.login, code, password))).status, 204);
      },
    }),
    scenario({
      name: "somebody else's code",
      given: async (w) => ({ ...(await recovering(w)), ben: await recovering(w) }),
      request: ({ anna, ben }) => reset(anna.login, ben.code),
      code: 'WRONG_CODE',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    scenario({
      name: 'a code for a login that nobody has',
      request: reset('nobody-at-all', 'ABCDEFGHJKLMNPQR'),
      code: 'WRONG_CODE',
    }),
    scenario({
      name: 'the code of an account that was disabled meanwhile',
      given: async (w) => {
        const given = await recovering(w);
        const root = await w.admin();
        await w.call({
          method: 'PUT',
          path: `/api/v1/accounts/${given.anna.id}`,
          headers: w.byHeader(root),
          json: { active: false },
        });
        return given;
      },
      request: ({ anna, code }) => reset(anna.login, code),
      code: 'WRONG_CODE',
    }),
    scenario({
      name: 'after half an hour the code has expired',
      given: recovering,
      request({ anna, code }, w) {
        w.clock.move(30 * 60_000);
        return reset(anna.login, code);
      },
      code: 'CODE_EXPIRED',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    scenario({
      name: 'a second before that it is good',
      given: recovering,
      request({ anna, code }, w) {
        w.clock.move(30 * 60_000 - 2000);
        return reset(anna.login, code);
      },
      status: 204,
      ends: ({ anna }) => [{ session: anna.sessionId, reason: 'password-reset' }],
    }),
    scenario({
      name: 'a newer code leaves the older good, and the first that is used ends both',
      given: async (w) => {
        const given = await recovering(w);
        await w.call(recover(given.anna.login));
        return { ...given, newer: (await codesOf(w, given.anna)).at(-1)! };
      },
      request: ({ anna, code }) => reset(anna.login, code),
      status: 204,
      ends: ({ anna }) => [{ session: anna.sessionId, reason: 'password-reset' }],
      async afterwards({ anna, code, newer }, _answer, w) {
        assert.notEqual(code, newer);
        assertProblem(await w.call(reset(anna.login, newer)), 400, 'WRONG_CODE');
      },
    }),
    scenario({
      name: 'wrong codes leave the right one good',
      given: async (w) => {
        const given = await recovering(w);
        for (let i = 0; i < 20; i++) {
          assertProblem(await w.call(reset(given.anna.login, 'WRONGWRONGWRONG2')), 400, 'WRONG_CODE');
        }
        return given;
      },
      request: ({ anna, code }) => reset(anna.login, code),
      status: 204,
      ends: ({ anna }) => [{ session: anna.sessionId, reason: 'password-reset' }],
    }),
    scenario({
      name: 'a reset unlocks what wrong passwords have locked',
      given: async (w) => {
        const given = await recovering(w);
        await w.app.context.transaction((tx) =>
          tx.passwords.countFailure(given.anna.id, { now: w.clock.now() }, { waits: [1e9], most: 1 }),
        );
        return given;
      },
      request: ({ anna, code, password }) => reset(anna.login, code, password),
      status: 204,
      ends: ({ anna }) => [{ session: anna.sessionId, reason: 'password-reset' }],
      async afterwards({ anna, password }, _answer, w) {
        assert.equal((await w.call(signIn(anna.login, password))).status, 200);
      },
    }),
  ]);

  it('a request beyond the limit leaves the last code good', async () => {
    const w = world();
    const anna = await withMail(w);
    for (let i = 0; i < 9; i++) await w.call(recover(anna.login));
    const codes = await codesOf(w, anna);
    // The mail of the sign-up is one of the five.
    assert.equal(codes.length, 4);
    const code = codes.at(-1)!;
    assert.equal((await w.call(reset(anna.login, code))).status, 204);
  });

  it('of many resets at once with several codes, one succeeds', async () => {
    const w = world();
    const { anna } = await recovering(w);
    for (let i = 0; i < 3; i++) await w.call(recover(anna.login));
    const codes = await codesOf(w, anna);
    assert.equal(codes.length, 4);
    const answers = await Promise.all(codes.map((code) => w.call(reset(anna.login, code))));
    assert.equal(answers.filter(({ status }) => status === 204).length, 1);
    for (const answer of answers.filter(({ status }) => status !== 204)) {
      assertProblem(answer, 400, 'WRONG_CODE');
    }
  });

  it('of many resets at once with one code, one succeeds', async () => {
    const w = world();
    const { anna, code } = await recovering(w);
    const passwords = Array.from({ length: 16 }, () => newPassword());
    const answers = await Promise.all(passwords.map((password) => w.call(reset(anna.login, code, password))));
    const done = answers.flatMap(({ status }, i) => (status === 204 ? [i] : []));
    assert.equal(done.length, 1);
    for (const answer of answers.filter(({ status }) => status !== 204)) {
      assertProblem(answer, 400, 'WRONG_CODE');
    }
    assert.equal((await w.call(signIn(anna.login, passwords[done[0]!]!))).status, 200);
  });
});
