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
import { onEachStore } from '../../support/world.ts';

const resend = (login: string): Request => ({
  method: 'POST',
  path: '/api/v1/email_settings/resend',
  json: { login },
});

onEachStore('a code to verify with', (world) => {
  run(world, [
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
