import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Answer, Request } from '../support/client.ts';
import { run, scenario } from '../support/scenario.ts';
import {
  assertProblem,
  newAddress,
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

onEachStore(
  'where accounts are hidden',
  (world) => {
    it('a sign-up with a login that is taken looks like one that is free, and its owner is told', async () => {
      const w = world();
      const email = newAddress();
      const owner = await w.person({ login: undefined, email });
      const free = signUpBody({ login: undefined, email: newAddress() });
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
      const email = newAddress();
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

    it('an invitation that cannot be taken up any more tells nothing of a login', async () => {
      const w = world();
      const { login } = await w.person();
      const [ada, root] = [await w.person(), await w.admin()];
      const headers = w.byHeader(ada);
      const site = await w.call({ method: 'POST', path: '/api/v1/sites', headers, json: { name: 'Works' } });
      const path = `/api/v1/sites/${site.json.id}`;
      const email = newAddress();
      const json = { invitee_email: email };
      assert.equal(
        (await w.call({ method: 'POST', path: `${path}/invitations`, headers, json })).status,
        200,
      );
      const invitation_code = (await w.mailsTo(email))[0]!.values.code!;
      const setActive = async (active: boolean) => {
        const answer = await w.call({ method: 'PUT', path, headers: w.byHeader(root), json: { active } });
        assert.equal(answer.status, 200, answer.text);
      };
      await setActive(false);
      const signUps = [login, newLogin()].map((each) =>
        post('signup', signUpBody({ login: each, email, invitation_code })),
      );
      const [answer] = await alike(w, ...signUps);
      assertProblem(answer!, 409, 'CONFLICT');
      await setActive(true);
      const taken = post('signup', signUpBody({ login, email, invitation_code }));
      const free = post('signup', signUpBody({ login: newLogin(), email, invitation_code }));
      await alike(w, taken, free);
    });

    it('no login can be tried by taking it, but an address that was proven, and by an admin', async () => {
      const w = world();
      const email = newAddress();
      const [ben, anna, root] = [await w.person(), await w.person({ email }), await w.admin()];
      const rename = (by: typeof anna, login: string) =>
        w.call({
          method: 'PUT',
          path: `/api/v1/accounts/${anna.id}`,
          headers: { ...w.byHeader(by), 'x-request-id': 'same' },
          json: { login },
        });
      const answers = [
        await rename(anna, ben.login),
        await rename(anna, newLogin()),
        await rename(anna, email),
      ];
      for (const answer of answers) {
        assertProblem(answer, 409, 'CONFLICT');
        assert.deepEqual(seen(answer), seen(answers[0]!));
      }
      assert.equal((await rename(anna, anna.login.toUpperCase())).status, 200);
      await w.app.context.transaction((tx) => tx.emailSettings.prove(anna.id, email));
      assert.equal((await rename(anna, email)).status, 200);
      assertProblem(await rename(root, ben.login), 400, 'LOGIN_ALREADY_USED');
    });
  },
  { env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);

onEachStore(
  'signing in where accounts are hidden',
  (world) => {
    const signIn = (login: string, password: string) => ({
      method: 'POST',
      path: '/api/v1/signin',
      headers: { 'x-request-id': 'same' },
      json: { login, password },
    });

    run(world, [
      scenario({
        name: 'an unknown login, a number and a wrong password are one answer',
        given: (w) => w.person(),
        request: ({ login }) => signIn(login, newPassword()),
        code: 'WRONG_PASSWORD',
        async afterwards({ password }, answer, w) {
          for (const login of ['nobody-at-all', '4503599627370497', '', 'a b']) {
            const other = await w.call(signIn(login, password));
            assertProblem(other, 400, 'WRONG_PASSWORD');
            assert.equal(other.text, answer.text);
          }
        },
      }),
      scenario({
        name: 'validate tells nothing of a taken login',
        given: (w) => w.person(),
        request: ({ login }) => ({ method: 'GET', path: `/api/v1/signup/validate?login=${login}` }),
        status: 204,
      }),
      scenario({
        name: 'signing in still works',
        given: (w) => w.person(),
        request: ({ login, password }) => signIn(login, password),
        cookie: 'set',
      }),
    ]);
  },
  { engines: ['sqlite'], env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);
