/**
 * Accounts that somebody makes with another person's address, to share them later: by an open session, a known password,
 * or a change of the address that is confirmed later (Sudhodanan and Paverd, "Pre-hijacked accounts", 2022; I-09, I-11).
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { codeTo, putEmailSettings as put, stateOf } from '../support/email-settings.ts';
import { activate, activateOwn, invited } from '../support/invitations.ts';
import { codesOf, recover, reset, signInWith } from '../support/passwords.ts';
import { as, rolesAt } from '../support/sites.ts';
import {
  assertProblem,
  newAddress,
  newLogin,
  newPassword,
  onEachStore,
  type World,
} from '../support/world.ts';

const verify = (json: Readonly<Record<string, unknown>>) => ({
  method: 'POST',
  path: '/api/v1/email_settings/verify',
  json,
});

/** Mallory has an account with the victim's address. */
async function hijacked(w: World) {
  const email = newAddress();
  const mallory = await w.person({ login: newLogin(), email });
  return { mallory, email, code: await codeTo(w, email) };
}

async function assertOut(w: World, mallory: { login: string; password: string; credential: string }) {
  await w.assertDead(mallory);
  assertProblem(await w.call(signInWith(mallory.login, mallory.password)), 400, 'WRONG_PASSWORD');
}

onEachStore('pre-hijacking', (world) => {
  it('the victim who confirms alone changes nothing, and with a new password has the account alone', async () => {
    const w = world();
    const { mallory, code } = await hijacked(w);
    const second = await w.again(mallory);
    const proof = await w.login(mallory);
    assertProblem(await w.call(verify({ login: mallory.login, code })), 403, 'OWNER_PROOF_REQUIRED');
    assert.equal((await stateOf(w, mallory)).verified, false);
    const new_password = newPassword();
    assert.equal((await w.call(verify({ login: mallory.login, code, new_password }))).status, 204);
    await assertOut(w, mallory);
    await w.assertDead(second);
    const refresh = { method: 'POST', path: '/auth/who-am-i', headers: w.byProof(proof) };
    assert.equal((await w.call(refresh)).status, 401);
    await w.again({ login: mallory.login, password: new_password });
  });

  it('a code or a one-time session that the first one had is void with the new password', async () => {
    const w = world();
    const { mallory, email, code } = await hijacked(w);
    await w.call(recover(mallory.login));
    const [recovery] = await codesOf(w, { ...mallory, email });
    const new_password = newPassword();
    assert.equal((await w.call(verify({ login: mallory.login, code, new_password }))).status, 204);
    assertProblem(await w.call(reset(mallory.login, recovery!)), 400, 'WRONG_CODE');
  });

  it('recovery closes the sessions of the first one, and voids the code that verifies', async () => {
    const w = world();
    const { mallory, email, code } = await hijacked(w);
    await w.call(recover(mallory.login));
    const [recovery] = await codesOf(w, { ...mallory, email });
    const password = newPassword();
    assert.equal((await w.call(reset(mallory.login, recovery!, password))).status, 204);
    await assertOut(w, mallory);
    assertProblem(await w.call(verify({ login: mallory.login, code, password })), 400, 'WRONG_CODE');
  });

  it('a change of the address to the own one, begun before, cannot be ended after the victim has confirmed', async () => {
    const w = world();
    const { mallory, email } = await hijacked(w);
    const own = newAddress();
    const headers = w.byHeader(mallory);
    await w.call({ ...put(mallory.id, { email: own }), headers });
    const pending = await codeTo(w, own);
    await w.call({ ...put(mallory.id, { email }), headers });
    const code = await codeTo(w, email);
    const new_password = newPassword();
    assert.equal((await w.call(verify({ login: mallory.login, code, new_password }))).status, 204);
    for (const proof of [{}, { password: new_password }, { new_password: newPassword() }]) {
      const answer = await w.call(verify({ login: mallory.login, code: pending, ...proof }));
      assertProblem(answer, 400, 'WRONG_CODE');
    }
    assert.deepEqual(await stateOf(w, mallory), { email, verified: true, provenEmail: email });
  });

  it('a proven account that names the address is not confirmed by the victim in any way', async () => {
    const w = world();
    const [own, email] = [newAddress(), newAddress()];
    const mallory = await w.person({ login: newLogin(), email: own });
    await w.call(verify({ login: mallory.login, code: await codeTo(w, own), password: mallory.password }));
    await w.call({ ...put(mallory.id, { email }), headers: w.byHeader(mallory) });
    const code = await codeTo(w, email);
    const victim = await w.person({ login: newLogin(), email });
    for (const json of [{}, { new_password: newPassword() }]) {
      const answer = await w.call({
        ...verify({ login: mallory.login, code, ...json }),
        headers: w.byHeader(victim),
      });
      assertProblem(answer, 403, 'OWNER_PROOF_REQUIRED');
    }
    assert.equal((await stateOf(w, mallory)).verified, false);
    await w.assertLive(mallory);
  });

  it('I-01: an account that only names the invited address gets nothing, and the victim takes it up', async () => {
    const w = world();
    const email = newAddress();
    const { site, id, code } = await invited(w, { email });
    const mallory = await w.person({ login: newLogin(), email });
    assertProblem(await w.call(as(w, mallory, activateOwn(id))), 403, 'NOT_OWNER');
    assert.deepEqual(await rolesAt(w, mallory, site), []);
    const victim = await w.person();
    assert.equal((await w.call(as(w, victim, activate(code)))).status, 200);
    assert.deepEqual(await rolesAt(w, victim, site), ['user']);
    assert.equal((await stateOf(w, mallory)).verified, false);
  });
});
