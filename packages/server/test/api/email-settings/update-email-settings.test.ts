import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Request } from '../../support/client.ts';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, newLogin, onEachStore, type World } from '../../support/world.ts';

const get = (id: string): Request => ({ method: 'GET', path: `/api/v1/email_settings/${id}` });
const put = (id: string, json: unknown): Request => ({
  method: 'PUT',
  path: `/api/v1/email_settings/${id}`,
  json,
});
const resend = (login: string): Request => ({
  method: 'POST',
  path: '/api/v1/email_settings/resend',
  json: { login },
});
const verify = (login: string, code: string): Request => ({
  method: 'POST',
  path: '/api/v1/email_settings/verify',
  json: { login, code },
});

const newAddress = () => `${newLogin()}@example.com`;

async function withMail(w: World) {
  const email = newAddress();
  return { ...(await w.person({ login: newLogin(), email, language: 'de' })), email };
}

async function people(w: World) {
  return { anna: await withMail(w), ben: await withMail(w), root: await w.admin() };
}

async function codeTo(w: World, email: string): Promise<string> {
  const mails = await w.mailsTo(email);
  return mails.filter(({ kind }) => kind === 'verify-email').at(-1)!.values.code!;
}

/** Anna, whose address is verified. */
async function verified(w: World) {
  const given = await people(w);
  const { login, email } = given.anna;
  assert.equal((await w.call(verify(login, await codeTo(w, email)))).status, 204);
  return { ...given, moved: newAddress() };
}

async function stateOf(w: World, { id }: { id: string }) {
  const { email, verified: is, provenEmail } = (await w.app.context.read.emailSettings.find(id as never))!;
  return { email, verified: is, provenEmail };
}

onEachStore('e-mail settings', (world) => {
  run(world, [
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `are for ${who === 'anna' ? 'the owner' : 'an admin'}`,
        given: people,
        request: (given, w) => ({ ...get(given.anna.id), headers: w.byHeader(given[who]) }),
        body: ({ anna }) => ({
          id: anna.id,
          name: anna.name,
          email: anna.email,
          language: 'de',
          subscriptions: {},
          verified: false,
          custom_hdr: {},
          custom_dat: {},
        }),
      }),
    ),
    scenario({
      name: 'are not for others',
      given: people,
      request: ({ anna, ben }, w) => ({ ...get(anna.id), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
    }),
    scenario({
      name: 'are not changed by others',
      given: people,
      request: ({ anna, ben }, w) => ({ ...put(anna.id, { email: newAddress() }), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
    }),
    scenario({
      name: 'of an account without any',
      given: (w) => w.person(),
      request: (anna, w) => ({ ...get(anna.id), headers: w.byHeader(anna) }),
      code: 'NOT_FOUND',
    }),
    scenario({
      name: 'keep what is not given',
      given: verified,
      request: ({ anna }, w) => ({
        ...put(anna.id, {
          name: ' Ann B. ',
          language: 'en',
          subscriptions: { news: false },
          custom_dat: { a: 1 },
        }),
        headers: w.byHeader(anna),
      }),
      body: ({ anna }) => ({
        name: 'Ann B.',
        email: anna.email,
        language: 'en',
        verified: true,
        subscriptions: { news: false },
        custom_dat: { a: 1 },
      }),
    }),
    ...[
      { email: 'no address' },
      { email: 'a@example.com\nBcc: b@example.com' },
      { verified: true },
      { id: '5' },
      { name: '' },
      { email: null },
      { custom_dat: { a: 'x'.repeat(9000) } },
    ].map((fields) =>
      scenario({
        name: `do not take ${JSON.stringify(fields).slice(0, 40)}`,
        given: people,
        request: ({ anna }, w) => ({ ...put(anna.id, fields), headers: w.byHeader(anna) }),
        code: 'INVALID_DATA',
        afterwards: async ({ anna }, _answer, w) => assert.equal((await stateOf(w, anna)).email, anna.email),
      }),
    ),
    scenario({
      name: 'a new address is not verified, gets a code, and the old one is told',
      given: verified,
      request: ({ anna, moved }, w) => ({ ...put(anna.id, { email: moved }), headers: w.byHeader(anna) }),
      body: ({ moved }) => ({ email: moved, verified: false }),
      async afterwards({ anna, moved }, _answer, w) {
        const told = (await w.mailsTo(anna.email)).at(-1)!;
        assert.equal(told.kind, 'email-changed');
        assert.equal(told.values.email, moved);
        // Until it is proven, the account is recovered by the old one.
        await w.call({ method: 'POST', path: '/api/v1/passwords/recover', json: { login: anna.login } });
        assert.equal((await w.mailsTo(anna.email)).at(-1)!.kind, 'recover-password');
        const code = await codeTo(w, moved);
        assert.equal((await w.call(verify(anna.login, code))).status, 204);
        const state = { email: moved, verified: true, provenEmail: moved };
        assert.deepEqual(await stateOf(w, anna), state);
      },
    }),
    scenario({
      name: 'back to the address that was proven nothing has to be proven',
      given: async (w) => {
        const given = await verified(w);
        await w.call({ ...put(given.anna.id, { email: given.moved }), headers: w.byHeader(given.anna) });
        return { ...given, code: await codeTo(w, given.moved) };
      },
      request: ({ anna }, w) => ({ ...put(anna.id, { email: anna.email }), headers: w.byHeader(anna) }),
      body: ({ anna }) => ({ email: anna.email, verified: true }),
      async afterwards({ anna, code }, _answer, w) {
        assertProblem(await w.call(verify(anna.login, code)), 400, 'WRONG_CODE');
      },
    }),
    scenario({
      name: 'a new address takes a recent proof of presence',
      given: verified,
      request({ anna, moved }, w) {
        w.clock.move(301_000);
        return { ...put(anna.id, { email: moved }), headers: w.byHeader(anna) };
      },
      code: 'REAUTH_REQUIRED',
      async afterwards({ anna, moved }, _answer, w) {
        assert.equal((await stateOf(w, anna)).email, anna.email);
        assert.deepEqual(await w.mailsTo(moved), []);
      },
    }),
    scenario({
      name: 'turning a notice off does, too',
      given: verified,
      request({ anna }, w) {
        w.clock.move(301_000);
        return {
          ...put(anna.id, { subscriptions: { password_changed: false } }),
          headers: w.byHeader(anna),
        };
      },
      code: 'REAUTH_REQUIRED',
    }),
    scenario({
      name: 'are made for an account that has none',
      given: async (w) => ({ anna: await w.person(), email: newAddress() }),
      request: ({ anna, email }, w) => ({ ...put(anna.id, { email }), headers: w.byHeader(anna) }),
      body: ({ email }) => ({ email, verified: false }),
      async afterwards({ email }, _answer, w) {
        assert.deepEqual(
          (await w.mailsTo(email)).map(({ kind }) => kind),
          ['verify-email'],
        );
      },
    }),
    scenario({
      name: 'are not made without an address',
      given: (w) => w.person(),
      request: (anna, w) => ({ ...put(anna.id, { name: 'Ann' }), headers: w.byHeader(anna) }),
      code: 'INVALID_DATA',
    }),
    scenario({
      name: 'a code proves the mailbox',
      given: async (w) => {
        const anna = await withMail(w);
        return { anna, code: await codeTo(w, anna.email) };
      },
      request: ({ anna, code }) => verify(anna.login, code),
      status: 204,
      async afterwards({ anna, code }, _answer, w) {
        const { email } = anna;
        assert.deepEqual(await stateOf(w, anna), { email, verified: true, provenEmail: email });
        assertProblem(await w.call(verify(anna.login, code)), 400, 'WRONG_CODE');
        await w.assertLive(anna);
      },
    }),
    scenario({
      name: 'a code of the address before proves nothing',
      given: async (w) => {
        const anna = await withMail(w);
        const code = await codeTo(w, anna.email);
        await w.call({ ...put(anna.id, { email: newAddress() }), headers: w.byHeader(anna) });
        return { anna, code };
      },
      request: ({ anna, code }) => verify(anna.login, code),
      code: 'WRONG_CODE',
      afterwards: async ({ anna }, _answer, w) => assert.equal((await stateOf(w, anna)).verified, false),
    }),
    scenario({
      name: 'a code to recover with verifies nothing',
      given: async (w) => {
        const anna = await withMail(w);
        await w.call({ method: 'POST', path: '/api/v1/passwords/recover', json: { login: anna.login } });
        return { anna, code: (await w.mailsTo(anna.email)).at(-1)!.values.code! };
      },
      request: ({ anna, code }) => verify(anna.login, code),
      code: 'WRONG_CODE',
    }),
    scenario({
      name: 'after a day the code has expired',
      given: async (w) => {
        const anna = await withMail(w);
        return { anna, code: await codeTo(w, anna.email) };
      },
      request({ anna, code }, w) {
        w.clock.move(24 * 3600_000);
        return verify(anna.login, code);
      },
      code: 'CODE_EXPIRED',
    }),
    scenario({
      name: 'a new code voids the older',
      given: async (w) => {
        const anna = await withMail(w);
        const code = await codeTo(w, anna.email);
        assert.equal((await w.call(resend(anna.login))).status, 204);
        return { anna, code };
      },
      request: ({ anna, code }) => verify(anna.login, code),
      code: 'WRONG_CODE',
      async afterwards({ anna }, _answer, w) {
        assert.equal((await w.call(verify(anna.login, await codeTo(w, anna.email)))).status, 204);
      },
    }),
    scenario({ name: 'a code is resent to nobody alike', request: resend('nobody-at-all'), status: 204 }),
    scenario({
      name: 'none is resent to an address that is verified',
      given: verified,
      request: ({ anna }) => resend(anna.login),
      status: 204,
      async afterwards({ anna }, _answer, w) {
        assert.equal((await w.mailsTo(anna.email)).length, 1);
      },
    }),
  ]);

  it('three codes an hour are resent', async () => {
    const w = world();
    const anna = await withMail(w);
    for (let i = 0; i < 5; i++) await w.call(resend(anna.login));
    assert.equal((await w.mailsTo(anna.email)).length, 3);
  });
});
