import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Request } from '../../support/client.ts';
import {
  codeTo,
  verifiedPeople as verified,
  verifyEmail as verify,
  withMail,
} from '../../support/email-settings.ts';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

const resend = (login: string): Request => ({
  method: 'POST',
  path: '/api/v1/email_settings/resend',
  json: { login },
});

onEachStore('a code to verify with', (world) => {
  run(world, [
    scenario({
      name: 'a new code leaves the older good, and the first that is used ends both',
      given: async (w) => {
        const anna = await withMail(w);
        const code = await codeTo(w, anna.email);
        assert.equal((await w.call(resend(anna.login))).status, 204);
        return { anna, code };
      },
      request: ({ anna, code }) => verify(anna.login, code, anna),
      status: 204,
      async afterwards({ anna, code }, _answer, w) {
        const newer = await codeTo(w, anna.email);
        assert.notEqual(newer, code);
        assertProblem(await w.call(verify(anna.login, newer, anna)), 400, 'WRONG_CODE');
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

  it('five mails an hour go out', async () => {
    const w = world();
    const anna = await withMail(w);
    for (let i = 0; i < 9; i++) await w.call(resend(anna.login));
    assert.equal((await w.mailsTo(anna.email)).length, 5);
  });
});
