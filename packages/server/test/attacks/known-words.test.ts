/** Passwords that are known to others: the login, the address, and what was mailed (R5, R10, P-07), on every path. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { codeTo, withMail } from '../support/email-settings.ts';
import { codesOf, recover, reset, signInWith } from '../support/passwords.ts';
import {
  assertProblem,
  newAddress,
  newLogin,
  newPassword,
  onEachStore,
  signUpBody,
  type World,
} from '../support/world.ts';

const newMailbox = () => `hildegard.${newAddress()}`;

/** What is known of somebody with this login and address. */
const knownOf = (login: string, email: string) => [
  `${login}${login}${login}`,
  `${login}-2026-2026-2026`,
  email,
  email.toUpperCase(),
  `${email.split('@')[0]}.2026!`,
  `${email.split('@')[0]!.replaceAll('.', '')}1234`,
];

async function somebody(w: World) {
  const email = newMailbox();
  return { ...(await w.person({ login: `sybil.of.${newLogin()}`, email })), email };
}

const assertRefused = async (
  w: World,
  person: Parameters<World['again']>[0],
  answer: Awaited<ReturnType<World['call']>>,
) => {
  assertProblem(answer, 400, 'PASSWORD_TOO_COMMON');
  await w.again(person);
};

onEachStore('passwords that others know', (world) => {
  it('R5: signing up', async () => {
    const w = world();
    const [login, email] = ['sybil.of.erythrae', newMailbox()];
    for (const password of knownOf(login, email)) {
      const json = signUpBody({ login, email, password });
      assertProblem(
        await w.call({ method: 'POST', path: '/api/v1/signup', json }),
        400,
        'PASSWORD_TOO_COMMON',
      );
    }
    assert.equal(await w.app.context.read.accounts.findByLogin(login), undefined);
  });

  it('R5: changing', async () => {
    const w = world();
    const anna = await somebody(w);
    for (const new_password of knownOf(anna.login, anna.email)) {
      const json = { old_password: anna.password, new_password };
      const path = `/api/v1/passwords/${anna.id}/change`;
      await assertRefused(w, anna, await w.call({ method: 'POST', path, json, headers: w.byHeader(anna) }));
    }
  });

  it('R5, R10: resetting, also to the code itself, in every spelling', async () => {
    const w = world();
    const anna = await somebody(w);
    await w.call(recover(anna.login));
    const [code] = await codesOf(w, anna);
    const mailed = [code!, code!.toLowerCase(), code!.replace(/.{4}/g, '$&-'), await codeTo(w, anna.email)];
    for (const password of [...knownOf(anna.login, anna.email), ...mailed]) {
      await assertRefused(w, anna, await w.call(reset(anna.login, code!, password)));
    }
    assert.equal((await w.call(reset(anna.login, code!))).status, 204);
  });

  it('R5, R10: confirming with a new one', async () => {
    const w = world();
    const anna = await somebody(w);
    const code = await codeTo(w, anna.email);
    for (const new_password of [...knownOf(anna.login, anna.email), code]) {
      const json = { login: anna.login, code, new_password };
      await assertRefused(
        w,
        anna,
        await w.call({ method: 'POST', path: '/api/v1/email_settings/verify', json }),
      );
    }
  });

  it('R10: a one-time password does not become the one that stays', async () => {
    const w = world();
    const anna = await withMail(w);
    const root = await w.admin();
    const headers = w.byHeader(root);
    await w.call({ method: 'POST', path: `/api/v1/passwords/${anna.id}/temp`, headers });
    const temp = (await w.mailsTo(anna.email)).at(-1)!.values.code!;
    const opened = { credential: String((await w.call(signInWith(anna.login, temp))).json.id) };
    const change = (new_password: string) =>
      w.call({
        method: 'POST',
        path: `/api/v1/passwords/${anna.id}/change`,
        headers: w.byHeader(opened),
        json: { old_password: temp, new_password },
      });
    for (const spelling of [temp, temp.toLowerCase(), temp.replace(/.{6}/g, '$& ').trim()]) {
      await assertRefused(w, anna, await change(spelling));
    }
    assert.equal((await change(newPassword())).status, 200);
  });

  it("R10: nor does the code of an invitation become the new account's", async () => {
    const w = world();
    const ada = await w.person();
    const headers = w.byHeader(ada);
    const site = await w.call({ method: 'POST', path: '/api/v1/sites', headers, json: { name: 'Works' } });
    const email = newMailbox();
    const path = `/api/v1/sites/${site.json.id}/invitations`;
    await w.call({ method: 'POST', path, headers, json: { invitee_email: email } });
    const invitation_code = (await w.mailsTo(email))[0]!.values.code!;
    const json = signUpBody({ login: undefined, email, invitation_code, password: invitation_code });
    assertProblem(await w.call({ method: 'POST', path: '/api/v1/signup', json }), 400, 'PASSWORD_TOO_COMMON');
    assert.equal(await w.app.context.read.accounts.findByLogin(email), undefined);
  });
});
