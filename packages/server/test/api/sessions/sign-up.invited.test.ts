import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findAccount } from '../../../src/identity/accounts/find-account.ts';
import type { AccountId } from '../../../src/kernel/ids.ts';
import type { Answer } from '../../support/client.ts';
import {
  activate,
  activateOwn,
  assertPending,
  done,
  type Invited,
  invited,
  own,
  longSessions as sessions,
  storedInvitation,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, sites } from '../../support/sites.ts';
import {
  assertProblem,
  newAddress,
  onEachStore,
  refreshesOf,
  signUpBody,
  type World,
} from '../../support/world.ts';

const week = 7 * 24 * 3600_000;
const signUp = (json: Record<string, unknown>) => ({ method: 'POST', path: '/api/v1/signup', json });

/** An invitation, and what somebody signs up with. */
async function people(w: World) {
  return { ...(await invited(w, { role: 'manager' })), body: signUpBody() };
}
type People = Awaited<ReturnType<typeof people>>;

const settingsOf = (w: World, { json }: Answer) =>
  w.app.context.read.emailSettings.find(String(json.user_id) as AccountId);
const userOf = ({ json }: Answer) =>
  json.user as { login: string; roles: string[]; sites: { id: string; name: string }[] };
const joined = (w: World) => async (head: number, answer: Answer) =>
  assert.deepEqual(refreshesOf(await w.entriesSince(head)), [
    { user: answer.json.user_id, reason: 'roles-changed' },
  ]);

/** That nobody was made, and the invitation waits. */
async function nothing({ body, id, email }: People, _answer: unknown, w: World): Promise<void> {
  await assertPending(w, id);
  for (const login of [body.login, email]) {
    await assert.rejects(findAccount(w.app.context, login), { code: 'NOT_FOUND' });
  }
}

onEachStore(
  'a sign-up with the code of an invitation',
  (world) => {
    it('takes it up, and proves the address that it was sent to', async () => {
      const w = world();
      const { code, site, id, email, body } = await people(w);
      const head = await w.head();
      const answer = await w.call(signUp({ ...body, email: email.toUpperCase(), invitation_code: code }));
      assert.equal(answer.status, 200, answer.text);
      const { login, roles, sites } = userOf(answer);
      assert.equal(login, body.login);
      assert.deepEqual(roles, [`${site}:manager`]);
      assert.deepEqual(sites, [{ id: site, name: 'Acme' }]);
      const settings = (await settingsOf(w, answer))!;
      assert.deepEqual([settings.email.toLowerCase(), settings.verified], [email, true]);
      const invitation = await storedInvitation(w, id);
      assert.deepEqual([invitation?.status, invitation?.inviteeId], ['activated', answer.json.user_id]);
      await joined(w)(head, answer);
      assertProblem(await w.call(signUp({ ...signUpBody(), invitation_code: code })), 400, 'WRONG_CODE');
    });

    it('without an address of its own takes the invited one, as login too', async () => {
      const w = world();
      const { code, email, site } = await people(w);
      const head = await w.head();
      const answer = await w.call(signUp({ ...signUpBody({ login: undefined }), invitation_code: code }));
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual([userOf(answer).login, userOf(answer).roles], [email, [`${site}:manager`]]);
      const settings = await settingsOf(w, answer);
      assert.deepEqual([settings?.email, settings?.verified], [email, true]);
      await joined(w)(head, answer);
    });

    it('with a login and no address keeps the login', async () => {
      const w = world();
      const { code, email, body } = await people(w);
      const answer = await w.call(signUp({ ...body, invitation_code: code }));
      assert.equal(userOf(answer).login, body.login);
      const settings = await settingsOf(w, answer);
      assert.deepEqual([settings?.email, settings?.verified], [email, true]);
    });

    it('with another address gets the role, and the other address stays unproven', async () => {
      const w = world();
      const { code, site, body } = await people(w);
      const email = newAddress();
      const answer = await w.call(signUp({ ...body, email, invitation_code: code }));
      assert.deepEqual(userOf(answer).roles, [`${site}:manager`]);
      const settings = await settingsOf(w, answer);
      assert.deepEqual([settings?.email, settings?.verified], [email, false]);
    });

    run(world, [
      ...(
        [
          ['a wrong code', () => 'A'.repeat(26)],
          ['the id of the invitation', ({ id }: Invited) => id],
          [
            'a code of which one character is another',
            ({ code }: Invited) => `${code[0] === 'A' ? 'B' : 'A'}${code.slice(1)}`,
          ],
          ['a code of which one character is missing', ({ code }: Invited) => code.slice(1)],
        ] as [string, (given: Invited) => string][]
      ).map(([name, make]) =>
        scenario({
          name: `${name} makes nothing`,
          given: people,
          request: (given) => signUp({ ...given.body, email: given.email, invitation_code: make(given) }),
          code: 'WRONG_CODE',
          afterwards: nothing,
        }),
      ),
      scenario({
        name: 'an expired code makes nothing',
        async given(w) {
          const given = await people(w);
          w.clock.move(week + 1000);
          return given;
        },
        request: ({ body, code }) => signUp({ ...body, invitation_code: code }),
        code: 'CODE_EXPIRED',
        afterwards: nothing,
      }),
      scenario({
        name: 'a site that is not active makes nothing',
        async given(w) {
          const given = await people(w);
          await done(w, as(w, given.root, sites('PUT', `/${given.site}`, { active: false })));
          return given;
        },
        request: ({ body, code }) => signUp({ ...body, invitation_code: code }),
        code: 'CONFLICT',
        afterwards: nothing,
      }),
      ...(
        [
          ['too short a password', { password: 'short' }, 'PASSWORD_TOO_SHORT'],
          ['no name', { name: ' ' }, 'INVALID_DATA'],
          ['an address that is none', { email: 'nobody' }, 'INVALID_DATA'],
        ] as const
      ).map(([name, fields, code]) =>
        scenario({
          name: `${name} does not use the code up`,
          given: people,
          request: (given) => signUp({ ...given.body, ...fields, invitation_code: given.code }),
          code,
          afterwards: nothing,
        }),
      ),
      scenario({
        name: 'a login that is taken does not use the code up',
        given: people,
        request: ({ nobody, code }) =>
          signUp({ ...signUpBody({ login: nobody.login }), invitation_code: code }),
        code: 'LOGIN_ALREADY_USED',
        afterwards: ({ id }, _answer, w) => assertPending(w, id),
      }),
    ]);

    it('of several at once with one code, and one who is signed in, one succeeds and nobody else is made', async () => {
      const w = world();
      for (let round = 0; round < 3; round++) {
        const { code, site, nobody } = await people(w);
        const bodies = Array.from({ length: 8 }, () => signUpBody());
        const head = await w.head();
        const answers = await Promise.all([
          ...bodies.map((body) => w.call(signUp({ ...body, invitation_code: code }))),
          w.call(as(w, nobody, activate(code))),
        ]);
        const winners = answers.filter(({ status }) => status === 200);
        assert.equal(winners.length, 1);
        for (const answer of answers) if (answer.status !== 200) assertProblem(answer, 400, 'WRONG_CODE');
        const made = await Promise.all(
          bodies.map(({ login }) => w.app.context.read.accounts.findByLogin(login)),
        );
        assert.equal(
          made.filter(Boolean).length,
          answers.slice(0, 8).filter(({ status }) => status === 200).length,
        );
        const { data } = await w.app.context.read.sites.listUsers(
          site as never,
          {},
          { skip: 0, take: 100, total: false },
        );
        assert.equal(data.filter(({ roles }) => roles.includes('manager')).length, 2);
        assert.equal((await w.entriesSince(head)).length, 1);
      }
    });
  },
  sessions,
);

onEachStore('a sign-up with an invited address and without the code', (world) => {
  it('has no role and nothing proven, sees no invitation, and it waits for its owner', async () => {
    const w = world();
    const { id, site, email, code, body, nobody } = await people(w);
    const mallory = await w.person({ ...body, login: undefined, email });
    const session = await w.call(as(w, mallory, { method: 'GET', path: '/api/v1/sessions/current' }));
    assert.deepEqual([userOf(session).login, userOf(session).roles], [email, []]);
    assert.equal((await settingsOf(w, session))?.verified, false);
    assert.deepEqual((await w.call(as(w, mallory, own))).json.data, []);
    assertProblem(await w.call(as(w, mallory, activateOwn(id))), 403, 'NOT_OWNER');
    await assertPending(w, id);
    const answer = await w.call(as(w, nobody, activate(code)));
    assert.deepEqual([answer.status, answer.json.site_id], [200, site]);
    assert.equal((await settingsOf(w, session))?.verified, false);
  });

  it('a site, a role or a proof in the body is refused', async () => {
    const w = world();
    for (const field of ['site_id', 'role', 'roles', 'invitation_id', 'email_verified', 'verified']) {
      const answer = await w.call(signUp({ ...signUpBody(), [field]: 'x' }));
      assertProblem(answer, 400, 'INVALID_DATA');
    }
  });
});
