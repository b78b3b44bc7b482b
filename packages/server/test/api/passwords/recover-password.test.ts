import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Request } from '../../support/client.ts';
import { run, scenario } from '../../support/scenario.ts';
import {
  assertProblem,
  newLogin,
  newPassword,
  onEachStore,
  type Person,
  type World,
} from '../../support/world.ts';

const recover = (login: string): Request => ({
  method: 'POST',
  path: '/api/v1/passwords/recover',
  json: { login },
});
const reset = (login: string, code: string, password = newPassword()): Request => ({
  method: 'POST',
  path: '/api/v1/passwords/reset',
  json: { login, code, password },
});
const signIn = (login: string, password: string): Request => ({
  method: 'POST',
  path: '/api/v1/signin',
  json: { login, password },
});

interface Mailed extends Person {
  readonly email: string;
}

async function withMail(w: World): Promise<Mailed> {
  const email = `${newLogin()}@example.com`;
  return { ...(await w.person({ login: newLogin(), email })), email };
}

async function codesOf(w: World, { email }: Mailed): Promise<string[]> {
  const mails = await w.mailsTo(email);
  return mails.filter(({ kind }) => kind === 'recover-password').map(({ values }) => values.code!);
}

/** Somebody who asked for a code, and the code. */
async function recovering(w: World) {
  const anna = await withMail(w);
  assert.equal((await w.call(recover(anna.login))).status, 204);
  return { anna, code: (await codesOf(w, anna))[0]!, password: newPassword() };
}

onEachStore('recovering a password', (world) => {
  run(world, [
    scenario({
      name: 'a code goes to the address, in the language of its owner',
      given: async (w) => {
        const email = `${newLogin()}@example.com`;
        return { ...(await w.person({ login: newLogin(), email, language: 'de' })), email };
      },
      request: ({ login }) => recover(login),
      status: 204,
      async afterwards(anna, _answer, w) {
        const mail = (await w.mailsTo(anna.email)).find(({ kind }) => kind === 'recover-password');
        assert.equal(mail!.language, 'de');
        const { code, link, login } = mail!.values;
        assert.match(code!, /^[2-9A-HJ-NP-Z]{16}$/);
        assert.equal(login, anna.login);
        const url = new URL(link!);
        assert.equal(`${url.origin}${url.pathname}`, `${w.app.config.publicUrl}/reset-password`);
        const stated = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
        assert.deepEqual(stated, { login, code });
      },
    }),
    scenario({
      name: 'a login that nobody has is answered alike',
      request: recover('nobody-at-all'),
      status: 204,
    }),
    scenario({
      name: 'an account without an address is answered alike',
      given: (w) => w.person(),
      request: ({ login }) => recover(login),
      status: 204,
    }),
    scenario({
      name: 'a text that is no login is answered alike',
      request: recover(' \u0000 '),
      status: 204,
    }),
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
      name: 'a newer code voids the older',
      given: async (w) => {
        const given = await recovering(w);
        await w.call(recover(given.anna.login));
        return given;
      },
      request: ({ anna, code }) => reset(anna.login, code),
      code: 'WRONG_CODE',
    }),
    scenario({
      name: 'five wrong codes void the right one',
      given: async (w) => {
        const given = await recovering(w);
        for (let i = 0; i < 5; i++) {
          assertProblem(await w.call(reset(given.anna.login, 'WRONGWRONGWRONG2')), 400, 'WRONG_CODE');
        }
        return given;
      },
      request: ({ anna, code }) => reset(anna.login, code),
      code: 'WRONG_CODE',
    }),
    scenario({
      name: 'a reset unlocks what wrong passwords have locked',
      given: async (w) => {
        const given = await recovering(w);
        await w.app.context.transaction((tx) =>
          tx.passwords.countFailure(given.anna.id, w.clock.now(), { waits: [1e9], most: 1 }),
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

  it('three mails an hour go out, ten a day', async () => {
    const w = world();
    const anna = await withMail(w);
    const hours = [];
    for (let hour = 0; hour < 5; hour++) {
      const before = (await codesOf(w, anna)).length;
      for (let i = 0; i < 4; i++) assert.equal((await w.call(recover(anna.login))).status, 204);
      hours.push((await codesOf(w, anna)).length - before);
      w.clock.move(3600_001);
    }
    assert.deepEqual(hours, [3, 3, 3, 1, 0]);
  });

  it('a request beyond the limit leaves the last code good', async () => {
    const w = world();
    const anna = await withMail(w);
    for (let i = 0; i < 4; i++) await w.call(recover(anna.login));
    const code = (await codesOf(w, anna)).at(-1)!;
    assert.equal((await w.call(reset(anna.login, code))).status, 204);
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

  it('whoever had the address of somebody else without the mailbox loses the account to its owner', async () => {
    const w = world();
    const email = `${newLogin()}@example.com`;
    const mallory = await w.person({ login: undefined, email });
    await w.call(recover(email));
    const code = (await codesOf(w, { ...mallory, email }))[0]!;
    const password = newPassword();
    assert.equal((await w.call(reset(email, code, password))).status, 204);
    await w.assertDead(mallory);
    assertProblem(await w.call(signIn(email, mallory.password)), 400, 'WRONG_PASSWORD');
  });

  it('nothing that is stored shows a code', async () => {
    const w = world();
    const { code } = await recovering(w);
    const page = { skip: 0, take: 100, total: false };
    const stored = JSON.stringify(await w.app.context.read.mails.list({}, page));
    assert.ok(!stored.includes(code));
  });
});
