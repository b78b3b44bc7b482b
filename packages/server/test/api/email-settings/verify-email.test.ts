import assert from 'node:assert/strict';
import {
  codeTo,
  putEmailSettings as put,
  stateOf,
  verifyEmail as verify,
  withMail,
} from '../../support/email-settings.ts';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, newAddress, onEachStore } from '../../support/world.ts';

onEachStore('verifying an address', (world) => {
  run(world, [
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
  ]);
});
