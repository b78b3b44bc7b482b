import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  codesOf,
  recover,
  recovering,
  reset,
  signInWith as signIn,
  withMail,
} from '../../support/passwords.ts';
import { run, scenario } from '../../support/scenario.ts';
import { assertProblem, newAddress, newLogin, newPassword, onEachStore } from '../../support/world.ts';

onEachStore('recovering a password', (world) => {
  run(world, [
    scenario({
      name: 'a code goes to the address, in the language of its owner',
      given: async (w) => {
        const email = newAddress();
        return { ...(await w.person({ login: newLogin(), email, language: 'de' })), email };
      },
      request: ({ login }) => recover(login),
      status: 204,
      async afterwards(anna, _answer, w) {
        const mail = (await w.mailsTo(anna.email)).find(({ kind }) => kind === 'recover-password');
        assert.equal(mail!.language, 'de');
        const { code, link, login } = mail!.values;
        assert.match(code!, /^[2-9A-HJ-NP-Z]{16}$/);
        assert.equal(login, anna.login);
        const url = new URL(link!);
        assert.equal(`${url.origin}${url.pathname}`, `${w.app.config.publicUrl}/reset-password`);
        const stated = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
        assert.deepEqual(stated, { login, code });
      },
    }),
    scenario({
      name: 'a login that nobody has is answered alike',
      request: recover('nobody-at-all'),
      status: 204,
    }),
    scenario({
      name: 'an account without an address is answered alike',
      given: (w) => w.person(),
      request: ({ login }) => recover(login),
      status: 204,
    }),
    scenario({
      name: 'a text that is no login is answered alike',
      request: recover(' \u0000 '),
      status: 204,
    }),
  ]);

  it('five mails an hour go out; after ten in a day, one an hour', async () => {
    const w = world();
    const anna = await withMail(w);
    const hours = [];
    for (let hour = 0; hour < 5; hour++) {
      const before = (await w.mailsTo(anna.email)).length;
      for (let i = 0; i < 9; i++) assert.equal((await w.call(recover(anna.login))).status, 204);
      hours.push((await w.mailsTo(anna.email)).length - before);
      w.clock.move(3600_001);
    }
    // With that of the sign-up.
    assert.deepEqual(hours, [4, 5, 1, 1, 1]);
  });

  it('a person who had the address of somebody else without the mailbox loses the account to its owner', async () => {
    const w = world();
    const email = newAddress();
    const mallory = await w.person({ login: undefined, email });
    await w.call(recover(email));
    const code = (await codesOf(w, { ...mallory, email }))[0]!;
    const password = newPassword();
    assert.equal((await w.call(reset(email, code, password))).status, 204);
    await w.assertDead(mallory);
    assertProblem(await w.call(signIn(email, mallory.password)), 400, 'WRONG_PASSWORD');
  });

  it('nothing that is stored shows a code', async () => {
    const w = world();
    const { code } = await recovering(w);
    const page = { skip: 0, take: 100, total: false };
    const stored = JSON.stringify(await w.app.context.read.mails.list({}, page));
    assert.ok(!stored.includes(code));
  });
});
