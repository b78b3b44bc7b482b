import assert from 'node:assert/strict';
import {
  codeTo,
  mailPeople as people,
  putEmailSettings as put,
  stateOf,
  verifiedPeople as verified,
  verifyEmail as verify,
} from '../../support/email-settings.ts';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, newAddress, onEachStore } from '../../support/world.ts';

onEachStore('e-mail settings', (world) => {
  run(world, [
    scenario({
      name: 'are not changed by others',
      given: people,
      request: ({ anna, ben }, w) => ({ ...put(anna.id, { email: newAddress() }), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
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
        assert.equal((await w.call(verify(anna.login, code, anna))).status, 204);
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
        assertProblem(await w.call(verify(anna.login, code, anna)), 400, 'WRONG_CODE');
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
  ]);
});
