import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Answer, Request } from '../support/client.ts';
import {
  assertProblem,
  newLogin,
  newPassword,
  onEachStore,
  signUpBody,
  type World,
} from '../support/world.ts';

const post = (path: string, json: unknown): Request => ({
  method: 'POST',
  path: `/api/v1/${path}`,
  json,
  headers: { 'x-request-id': 'same' },
});

/** What somebody who only looks from outside can compare. */
function seen({ status, text, headers }: Answer) {
  const { date: _, 'request-id': __, ...rest } = headers;
  return { status, text, headers: rest };
}

async function alike(w: World, ...requests: Request[]): Promise<Answer[]> {
  const answers = [];
  for (const request of requests) answers.push(await w.call(request));
  for (const answer of answers) assert.deepEqual(seen(answer), seen(answers[0]!));
  return answers;
}

const address = () => `${newLogin()}@example.com`;

onEachStore(
  'where accounts are hidden',
  (world) => {
    it('a sign-up with a login that is taken looks like one that is free, and its owner is told', async () => {
      const w = world();
      const email = address();
      const owner = await w.person({ login: undefined, email });
      const free = signUpBody({ login: undefined, email: address() });
      const taken = signUpBody({ login: undefined, email });
      const [answer] = await alike(w, post('signup', free), post('signup', taken));
      assert.deepEqual([answer!.status, answer!.text, answer!.cookies], [202, '', []]);
      const kinds = (await w.mailsTo(email)).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['verify-email', 'sign-up-taken']);
      // The account is as it was.
      await w.again(owner);
      const stolen = post('signin', { login: email, password: taken.password });
      assertProblem(await w.call(stolen), 400, 'WRONG_PASSWORD');
    });

    it('the account that a sign-up made can sign in', async () => {
      const w = world();
      const { login, password } = await w.person();
      await w.again({ login, password });
    });

    it('a taken login without an address tells nobody', async () => {
      const w = world();
      const { login } = await w.person();
      await alike(w, post('signup', signUpBody()), post('signup', signUpBody({ login })));
    });

    it('what is wrong with a password is told whether the login is taken or not', async () => {
      const w = world();
      const { login } = await w.person();
      const short = { password: 'short' };
      const [answer] = await alike(
        w,
        post('signup', signUpBody(short)),
        post('signup', signUpBody({ login, ...short })),
      );
      assertProblem(answer!, 400, 'PASSWORD_TOO_SHORT');
    });

    it('recovering, resending, verifying and resetting look the same for nobody', async () => {
      const w = world();
      const email = address();
      const { login } = await w.person({ login: newLogin(), email });
      const nobody = newLogin();
      const code = 'WRONGWRONGWRONG2';
      await alike(w, ...[login, nobody].map((name) => post('passwords/recover', { login: name })));
      await alike(w, ...[login, nobody].map((name) => post('email_settings/resend', { login: name })));
      const verified = [login, nobody].map((name) => post('email_settings/verify', { login: name, code }));
      assertProblem((await alike(w, ...verified))[0]!, 400, 'WRONG_CODE');
      const password = newPassword();
      const reset = [login, nobody].map((name) => post('passwords/reset', { login: name, code, password }));
      assertProblem((await alike(w, ...reset))[0]!, 400, 'WRONG_CODE');
      const kinds = (await w.mailsTo(email)).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['verify-email', 'recover-password', 'verify-email']);
    });
  },
  { env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);
