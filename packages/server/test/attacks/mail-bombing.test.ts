/** Mails to a mailbox that did not ask for them, in every way in which somebody can cause one (I-10, R25). */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { putEmailSettings as put } from '../support/email-settings.ts';
import { recover } from '../support/passwords.ts';
import {
  assertProblem,
  newAddress,
  newLogin,
  newPassword,
  onEachStore,
  signUpBody,
  type World,
} from '../support/world.ts';

const signUp = (fields: Readonly<Record<string, unknown>>) => ({
  method: 'POST',
  path: '/api/v1/signup',
  json: signUpBody(fields),
});
const most = 5;

const countOf = async (w: World, email: string) => (await w.mailsTo(email)).length;

onEachStore('mail bombing', (world) => {
  it('50 sign-ups at once with one address mail it five times, and all of them succeed', async () => {
    const w = world();
    const email = newAddress();
    const answers = await Promise.all(Array.from({ length: 50 }, () => w.call(signUp({ email }))));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    assert.equal(await countOf(w, email), most);
  });

  it('no spelling of the address is another mailbox, but for what stands behind a plus', async () => {
    const w = world();
    const [local, domain] = newAddress().split('@') as [string, string];
    const email = `${local}@${domain}`;
    const spellings = [
      email,
      email.toUpperCase(),
      `${local}@Example.COM`,
      `${local}＠example．com`,
      ` ${email} `,
    ];
    for (const spelling of [...spellings, ...spellings]) await w.call(signUp({ email: spelling }));
    const stored = [email, `${local.toUpperCase()}@${domain}`];
    const all = await Promise.all(stored.map((spelling) => countOf(w, spelling)));
    assert.equal(
      all.reduce((sum, count) => sum + count, 0),
      most,
    );
    await w.call(signUp({ email: `${local}+news@${domain}` }));
    assert.equal(await countOf(w, `${local}+news@${domain}`), 1);
  });

  it('an account that changes its address to and fro mails neither more than five times', async () => {
    const w = world();
    const [email, other] = [newAddress(), newAddress()];
    const anna = await w.person({ login: newLogin(), email });
    const answers = [];
    for (let i = 0; i < 12; i++) {
      const present = (await w.app.context.read.emailSettings.find(anna.id))!.email;
      const changed = put(anna.id, { email: present === email ? other : email });
      answers.push(await w.call({ ...changed, headers: w.byHeader(anna) }));
    }
    assert.ok((await countOf(w, email)) <= most && (await countOf(w, other)) <= most);
    assert.equal(answers.filter(({ status }) => status === 200).length, 5);
    const refused = answers.at(-1)!;
    assertProblem(refused, 429, 'TOO_MANY_REQUESTS');
    assert.ok(Number(refused.headers['retry-after']) > 0);
    w.clock.move(3600_001);
    await w.again(anna);
    const fresh = await w.again(anna);
    const moved = { ...put(anna.id, { email: newAddress() }), headers: w.byHeader(fresh) };
    assert.equal((await w.call(moved)).status, 200);
  });

  it('an account cannot have codes sent to one stranger after the other', async () => {
    const w = world();
    const anna = await w.person();
    const strangers = Array.from({ length: 20 }, newAddress);
    await Promise.all(
      strangers.map((email) => w.call({ ...put(anna.id, { email }), headers: w.byHeader(anna) })),
    );
    const counts = await Promise.all(strangers.map((email) => countOf(w, email)));
    assert.ok(counts.filter((count) => count > 0).length <= 5);
  });

  it('notices about an account whose address is not its own do not go on, either', async () => {
    const w = world();
    const email = newAddress();
    let mallory = await w.person({ login: newLogin(), email });
    for (let i = 0; i < 12; i++) {
      await w.call({
        method: 'POST',
        path: '/api/v1/signin',
        headers: { 'user-agent': `program-${i}/1.0` },
        json: { login: mallory.login, password: mallory.password },
      });
      const password = newPassword();
      const answer = await w.call({
        method: 'POST',
        path: `/api/v1/passwords/${mallory.id}/change`,
        headers: w.byHeader(mallory),
        json: { old_password: mallory.password, new_password: password },
      });
      assert.equal(answer.status, 200, answer.text);
      mallory = { ...mallory, password, credential: String(answer.json.id) };
    }
    assert.equal(await countOf(w, email), most);
  });

  it('20 sites that invite one address at once mail it five times', async () => {
    const w = world();
    const email = newAddress();
    const senders = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const headers = w.byHeader(await w.person());
        const json = { name: 'Works' };
        const { id } = (await w.call({ method: 'POST', path: '/api/v1/sites', headers, json })).json;
        return { headers, path: `/api/v1/sites/${id}/invitations` };
      }),
    );
    const json = { invitee_email: email };
    const answers = await Promise.all(senders.map((each) => w.call({ method: 'POST', ...each, json })));
    assert.equal(answers.filter(({ status }) => status === 200).length, most);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      assertProblem(answer, 429, 'TOO_MANY_REQUESTS');
    }
    assert.equal(await countOf(w, email), most);
  });

  it('every way together mails five times, and deleting the accounts in between changes nothing', async () => {
    const w = world();
    const email = newAddress();
    for (let i = 0; i < 6; i++) {
      const person = await w.person({ login: newLogin(), email });
      await w.call(recover(person.login));
      await w.call({ method: 'POST', path: '/api/v1/email_settings/resend', json: { login: person.login } });
      const path = `/api/v1/accounts/${person.id}`;
      // Its mails that wait go with it.
      if (i > 1)
        assert.equal((await w.call({ method: 'DELETE', path, headers: w.byHeader(person) })).status, 204);
    }
    assert.equal(await countOf(w, email), most);
  });
});

onEachStore(
  'mail bombing where accounts are hidden',
  (world) => {
    it('sign-ups with a login that is taken mail its owner five times', async () => {
      const w = world();
      const email = newAddress();
      await w.person({ login: undefined, email });
      const taken = Array.from({ length: 20 }, () => w.call(signUp({ login: undefined, email })));
      for (const answer of await Promise.all(taken)) assert.equal(answer.status, 202);
      assert.equal(await countOf(w, email), most);
    });
  },
  { env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);
