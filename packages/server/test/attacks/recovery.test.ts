/** Strangers against the owner's way back: what they try and ask for must not stand in it (R14, R24, B-10). */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { codeLife, maxLiveCodes } from '../../src/identity/codes/code.ts';
import { codeTo, verifyEmail } from '../support/email-settings.ts';
import { codesOf, type Mailed, recover, recovering, reset, withMail } from '../support/passwords.ts';
import { assertProblem, newLogin, newPassword, onEachStore, type World } from '../support/world.ts';

const minute = 60_000;
const resend = (login: string) => ({
  method: 'POST',
  path: '/api/v1/email_settings/resend',
  json: { login },
});

async function proven(w: World): Promise<Mailed> {
  const anna = await withMail(w);
  assert.equal((await w.call(verifyEmail(anna.login, await codeTo(w, anna.email), anna))).status, 204);
  return anna;
}

/** All that strangers who know login and address can have mailed. */
async function flood(w: World, { login, email }: Mailed): Promise<void> {
  for (let i = 0; i < 8; i++) {
    await w.call(recover(login));
    await w.call(recover(email));
    await w.call(resend(login));
    await w.person({ login: newLogin(), email });
  }
}

/** The last code to recover with that is in the mailbox and still good. */
async function goodCode(w: World, anna: Mailed): Promise<string | undefined> {
  for (const code of (await codesOf(w, anna)).toReversed()) {
    const hash = w.app.context.codes.hash(code);
    const stored = await w.app.context.read.codes.find(anna.id, 'recover', hash);
    if (stored !== undefined && stored.expireTime > w.clock.now()) return code;
  }
  return undefined;
}

onEachStore('strangers against recovery', (world) => {
  it('B-10: 200 wrong codes at once, from everywhere, leave the mailed one good', async () => {
    const w = world();
    const { anna, code, password } = await recovering(w);
    const wrong = Array.from({ length: 200 }, () => w.call(reset(anna.login, w.app.context.codes.newCode())));
    for (const answer of await Promise.all(wrong)) assertProblem(answer, 400, 'WRONG_CODE');
    assert.equal((await w.call(reset(anna.login, code, password))).status, 204);
    await w.again({ login: anna.login, password });
  });

  it('B-10: wrong codes leave the one that verifies an address good', async () => {
    const w = world();
    const anna = await withMail(w);
    const wrong = Array.from({ length: 50 }, () =>
      w.call(verifyEmail(anna.login, w.app.context.codes.newCode(), anna)),
    );
    for (const answer of await Promise.all(wrong)) assertProblem(answer, 400, 'WRONG_CODE');
    assert.equal((await w.call(verifyEmail(anna.login, await codeTo(w, anna.email), anna))).status, 204);
  });

  it('R14: however much strangers ask for, within the hour and the day, the owner has a code that is good', async () => {
    const w = world();
    const anna = await proven(w);
    for (let i = 0; i < 30; i++) {
      await flood(w, anna);
      assert.equal((await w.call(recover(anna.login))).status, 204);
      assert.ok(await goodCode(w, anna), `after ${i * 25} minutes`);
      w.clock.move(25 * minute);
    }
    await w.call(recover(anna.login));
    const password = newPassword();
    assert.equal((await w.call(reset(anna.login, (await goodCode(w, anna))!, password))).status, 204);
    await w.again({ login: anna.login, password });
  });

  it('R14: the owner of an address that was never proven has a code within the hour', async () => {
    const w = world();
    const anna = await withMail(w);
    for (let i = 0; i < 12; i++) {
      for (let n = 0; n < 10; n++) await w.call(recover(anna.login));
      w.clock.move(60 * minute + 1000);
      await w.call(recover(anna.login));
      assert.ok(await goodCode(w, anna), `after ${i} hours`);
    }
  });

  it('the codes that live are bounded, and all die with the first use', async () => {
    const w = world();
    const anna = await proven(w);
    for (let i = 0; i < 40; i++) {
      await w.call(recover(anna.login));
      w.clock.move(minute);
    }
    const codes = await codesOf(w, anna);
    assert.ok(codes.length <= maxLiveCodes && codes.length >= 3);
    const password = newPassword();
    assert.equal((await w.call(reset(anna.login, (await goodCode(w, anna))!, password))).status, 204);
    for (const code of codes) assertProblem(await w.call(reset(anna.login, code)), 400, 'WRONG_CODE');
    assert.equal(codeLife.recover, 30 * minute);
  });

  it('every code that is mailed has 80 bits or more', async () => {
    const { codes, ids } = world().app.context;
    // 5 bits each.
    for (const code of [codes.newCode(), codes.newLongCode(), ids.code(24)]) {
      assert.match(code, /^[2-9A-HJ-NP-Z]{16,}$/);
    }
  });
});
