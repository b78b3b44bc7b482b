import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  activate,
  activateOwn,
  assertPending,
  codeFor,
  done,
  type Invited,
  invitations,
  invite,
  invited,
  own,
  rolesChanged,
  storedInvitation,
  withAddress,
} from '../../support/invitations.ts';
import { haveRoles } from '../../support/people.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, newSite, personWith, rolesAt, shown, sites } from '../../support/sites.ts';
import { assertProblem, onEachStore, type Person, refreshesOf, type World } from '../../support/world.ts';

const week = 7 * 24 * 3600_000;
const sessions = { env: { LATCHKEY_SESSION_IDLE: '300d', LATCHKEY_SESSION_ABSOLUTE: '300d' } };

/** An invitation to Anna's address, which her mailbox has proven, or has not. */
const toAnna =
  (verified: boolean, options: { role?: string; by?: 'admin' } = {}) =>
  async (w: World) => {
    const anna = await withAddress(w, verified);
    return { ...(await invited(w, { ...options, email: anna.email })), anna };
  };
type ToAnna = Invited & { readonly anna: Person };

/** That nothing has come of it. */
const nothing = async (w: World, person: Person, { id, site }: Pick<Invited, 'id' | 'site'>) => {
  await assertPending(w, id);
  assert.deepEqual(await rolesAt(w, person, site), []);
};

onEachStore(
  'taking up an invitation by its code',
  (world) => {
    run(world, [
      scenario({
        name: 'gives the role, in this session too, and is done once',
        given: (w) => invited(w, { role: 'manager' }),
        request: ({ nobody, code }, w) => as(w, nobody, activate(code)),
        body: ({ id, site, nobody }) => ({
          id,
          site_id: site,
          status: 'activated',
          role: 'manager',
          invitee_id: nobody.id,
          invitee_name: nobody.name,
        }),
        refreshes: ({ nobody }) => rolesChanged(nobody),
        async afterwards({ site, nobody, foreign, code }, _answer, w) {
          assert.deepEqual(await rolesAt(w, nobody, site), ['manager']);
          assert.deepEqual(await shown(w, nobody), [{ id: site, name: 'Acme' }]);
          for (const person of [nobody, foreign]) {
            assertProblem(await w.call(as(w, person, activate(code))), 400, 'WRONG_CODE');
          }
        },
      }),
      scenario({
        name: 'as it may be typed: in small letters, with spaces and dashes',
        given: (w) => invited(w),
        request: ({ nobody, code }, w) =>
          as(w, nobody, activate(` ${code.toLowerCase().slice(0, 13)}-${code.slice(13)} `)),
        body: { status: 'activated' },
        refreshes: ({ nobody }) => rolesChanged(nobody),
      }),
      scenario({
        name: "proves the account's own address where it is the invitee's, in any case",
        given: toAnna(false),
        request: ({ anna, code }, w) => as(w, anna, activate(code)),
        refreshes: ({ anna }) => rolesChanged(anna),
        async afterwards({ anna, email }, _answer, w) {
          const settings = await w.app.context.read.emailSettings.find(anna.id);
          assert.deepEqual([settings?.verified, settings?.provenEmail], [true, email]);
        },
      }),
      scenario({
        name: 'proves no other address of whoever has it',
        async given(w) {
          return { ...(await invited(w)), anna: await withAddress(w, false) };
        },
        request: ({ anna, code }, w) => as(w, anna, activate(code)),
        refreshes: ({ anna }) => rolesChanged(anna),
        afterwards: async ({ anna }, _answer, w) =>
          assert.equal((await w.app.context.read.emailSettings.find(anna.id))?.verified, false),
      }),
      ...(
        [
          ['user', 'manager', ['manager']],
          ['manager', 'user', ['manager']],
          ['admin', 'user', ['admin']],
          ['auditor', 'user', ['auditor', 'user']],
          ['user', 'auditor', ['auditor', 'user']],
        ] as const
      ).map(([has, gets, then]) =>
        scenario({
          name: `${has} who takes up ${gets} is ${then.join(' and ')}`,
          async given(w) {
            const given = await invited(w, { role: gets, by: 'admin' });
            return { ...given, ben: await personWith(w, `${given.site}:${has}`, 'reader') };
          },
          request: ({ ben, code }, w) => as(w, ben, activate(code)),
          body: { status: 'activated' },
          refreshes: ({ ben }) => (then.join() === has ? [] : rolesChanged(ben)),
          afterwards: async ({ ben, site }, _answer, w) =>
            assert.deepEqual(await rolesAt(w, ben, site), then),
        }),
      ),
      ...['', 'A'.repeat(26), 'a code', '%', '\u0000', '0'.repeat(256)].map((code) =>
        scenario({
          name: `${JSON.stringify(code.slice(0, 9))} is no code`,
          given: (w) => invited(w),
          request: ({ nobody }, w) => as(w, nobody, activate(code)),
          code: 'WRONG_CODE',
          afterwards: (given, _answer, w) => nothing(w, given.nobody, given),
        }),
      ),
      ...(['id', 'hash', 'link', 'token', 'session'] as const).map((what) =>
        scenario({
          name: `its ${what} is no code`,
          given: (w) => invited(w),
          request: (given, w) => as(w, given.nobody, activate(notACode(w, given)[what])),
          code: 'WRONG_CODE',
          afterwards: (given, _answer, w) => nothing(w, given.nobody, given),
        }),
      ),
      scenario({
        name: 'until the end of its week',
        async given(w) {
          const given = await invited(w);
          const { expireTime } = (await storedInvitation(w, given.id))!;
          w.clock.move(expireTime! - w.clock.now() - 60_000);
          return given;
        },
        request: ({ nobody, code }, w) => as(w, nobody, activate(code)),
        body: { status: 'activated' },
        refreshes: ({ nobody }) => rolesChanged(nobody),
      }),
      scenario({
        name: 'and not after it',
        async given(w) {
          const given = await invited(w);
          const { expireTime } = (await storedInvitation(w, given.id))!;
          w.clock.move(expireTime! - w.clock.now());
          return given;
        },
        request: ({ nobody, code }, w) => as(w, nobody, activate(code)),
        code: 'CODE_EXPIRED',
        async afterwards(given, _answer, w) {
          await nothing(w, given.nobody, given);
          const { site, id, manager } = given;
          const { json } = await w.call(as(w, manager, invitations('GET', site, `/${id}`)));
          assert.equal(json.status, 'expired');
        },
      }),
      scenario({
        name: 'not on a site that is not active, until it is again',
        async given(w) {
          const given = await invited(w);
          await done(w, as(w, given.root, sites('PUT', `/${given.site}`, { active: false })));
          return given;
        },
        request: ({ nobody, code }, w) => as(w, nobody, activate(code)),
        code: 'CONFLICT',
        async afterwards(given, _answer, w) {
          await nothing(w, given.nobody, given);
          await done(w, as(w, given.root, sites('PUT', `/${given.site}`, { active: true })));
          await done(w, as(w, given.nobody, activate(given.code)));
        },
      }),
      scenario({
        name: 'not when the account has as many roles as a token carries',
        async given(w) {
          const many = Array.from({ length: 78 }, (_, i) => `4503599627370${100 + i}:admin12`);
          return {
            ...(await invited(w, { role: 'x'.repeat(64), by: 'admin' })),
            ben: await personWith(w, ...many),
          };
        },
        request: ({ ben, code }, w) => as(w, ben, activate(code)),
        code: 'CONFLICT',
        afterwards: (given, _answer, w) => nothing(w, given.ben, given),
      }),
      ...(
        [
          ['is no manager any more', (given, w) => as(w, given.admin, demote(given))],
          ['is disabled', (given, w) => as(w, given.root, disable(given.manager))],
        ] as [string, (given: Invited, w: World) => Parameters<World['call']>[0]][]
      ).map(([name, change]) =>
        scenario({
          name: `not when whoever sent it ${name}, until somebody else sends it`,
          async given(w) {
            const given = await invited(w);
            await done(w, change(given, w));
            return given;
          },
          request: ({ nobody, code }, w) => as(w, nobody, activate(code)),
          code: 'CONFLICT',
          async afterwards(given, _answer, w) {
            await nothing(w, given.nobody, given);
            await done(w, as(w, given.admin, invitations('POST', given.site, `/${given.id}/resend`)));
            await done(w, as(w, given.nobody, activate(await codeFor(w, given.email))));
          },
        }),
      ),
      scenario({
        name: 'needs a session',
        given: (w) => invited(w),
        request: ({ code }) => activate(code),
        code: 'NOT_SIGNED',
      }),
      ...[
        {},
        { code: null },
        { code: 5 },
        { code: 'x'.repeat(257) },
        { code: 'x', id: '1' },
        { code: 'x', role: 'admin' },
      ].map((json) =>
        scenario({
          name: `${JSON.stringify(json).slice(0, 30)} is refused`,
          given: (w) => w.person(),
          request: (person, w) =>
            as(w, person, { method: 'POST', path: '/api/v1/invitations/activate', json }),
          code: 'INVALID_DATA',
        }),
      ),
    ]);

    it('of twenty who do so at once, one does', async () => {
      const w = world();
      const people = await Promise.all(Array.from({ length: 20 }, () => w.person()));
      for (let round = 0; round < 3; round++) {
        const { code, site } = await invited(w);
        const head = await w.head();
        const answers = await Promise.all(people.map((person) => w.call(as(w, person, activate(code)))));
        const winners = people.filter((_, i) => answers[i]!.status === 200);
        assert.equal(winners.length, 1);
        for (const answer of answers) if (answer.status !== 200) assertProblem(answer, 400, 'WRONG_CODE');
        for (const person of people) {
          assert.deepEqual(await rolesAt(w, person, site), person === winners[0] ? ['user'] : []);
        }
        assert.deepEqual(refreshesOf(await w.entriesSince(head)), rolesChanged(winners[0]!));
      }
    });

    it('and taking it back, sending it again or deleting the account at once do not both succeed', async () => {
      const w = world();
      for (let round = 0; round < 9; round++) {
        const { code, site, id, manager, root } = await invited(w);
        const ben = await w.person();
        const other = [
          as(w, manager, invitations('DELETE', site, `/${id}`)),
          as(w, manager, invitations('POST', site, `/${id}/resend`)),
          as(w, root, { method: 'DELETE', path: `/api/v1/accounts/${ben.id}` }),
        ][round % 3]!;
        const [taken, done] = await Promise.all([w.call(as(w, ben, activate(code))), w.call(other)]);
        const roles = await rolesAt(w, ben, site);
        if (other.method === 'DELETE' && other.path.includes('accounts')) {
          assert.equal(done.status, 204);
          assert.deepEqual(roles, []);
        } else {
          assert.notEqual(taken.status === 200, done.status === 200, `${taken.text} ${done.text}`);
          assert.deepEqual(roles, taken.status === 200 ? ['user'] : []);
        }
      }
    });
  },
  sessions,
);

const demote = ({ site, manager }: Invited) =>
  sites('PUT', `/${site}/users/${manager.id}`, { roles: ['user'] });
const disable = ({ id }: Person) => ({
  method: 'PUT',
  path: `/api/v1/accounts/${id}`,
  json: { active: false },
});

function notACode(w: World, { id, code, nobody }: Invited) {
  return {
    id,
    hash: w.app.context.codes.hash(code),
    link: w.app.context.mail.link('invitation', { id, code }).slice(0, 256),
    token: `${nobody.credential}.${code.slice(1)}`,
    session: nobody.credential,
  };
}

onEachStore(
  'taking up an invitation to an address that is proven',
  (world) => {
    run(world, [
      scenario({
        name: 'needs no code, and voids it',
        given: toAnna(true, { role: 'manager' }),
        request: ({ anna, id }, w) => as(w, anna, activateOwn(id)),
        body: ({ id, anna }) => ({ id, status: 'activated', invitee_id: anna.id }),
        refreshes: ({ anna }) => rolesChanged(anna),
        async afterwards({ anna, site, id, code, nobody }, _answer, w) {
          assert.deepEqual(await rolesAt(w, anna, site), ['manager']);
          assertProblem(await w.call(as(w, nobody, activate(code))), 400, 'WRONG_CODE');
          assertProblem(await w.call(as(w, anna, activateOwn(id))), 409, 'CONFLICT');
        },
      }),
      scenario({
        name: 'is not for whoever has only typed it in',
        given: toAnna(false),
        request: ({ anna, id }, w) => as(w, anna, activateOwn(id)),
        code: 'NOT_OWNER',
        afterwards: (given, _answer, w) => nothing(w, given.anna, given),
      }),
      ...(['nobody', 'admin', 'manager', 'root'] as const).map((who) =>
        scenario({
          name: `is not for ${who}`,
          given: toAnna(true, { role: 'admin', by: 'admin' }),
          request: (given, w) => as(w, given[who], activateOwn(given.id)),
          code: 'NOT_OWNER',
          afterwards: ({ id }, _answer, w) => assertPending(w, id),
        }),
      ),
      scenario({
        name: 'is not for an account that has another one proven',
        async given(w) {
          return { ...(await toAnna(true)(w)), ben: await withAddress(w, true) };
        },
        request: ({ ben, id }, w) => as(w, ben, activateOwn(id)),
        code: 'NOT_OWNER',
        afterwards: (given, _answer, w) => nothing(w, given.ben, given),
      }),
      scenario({
        name: 'is over with its week',
        async given(w) {
          const given = await toAnna(true)(w);
          w.clock.move(week + 1000);
          return given;
        },
        request: ({ anna, id }, w) => as(w, anna, activateOwn(id)),
        code: 'CONFLICT',
        afterwards: (given, _answer, w) => nothing(w, given.anna, given),
      }),
      scenario({
        name: 'does not approve what somebody has asked for',
        async given(w) {
          const given = await toAnna(true)(w);
          const asked = invitations('POST', given.site, '', { action: 'approve', role: 'admin' });
          return { ...given, asked: await done(w, as(w, given.anna, asked)) };
        },
        request: ({ anna, asked }, w) => as(w, anna, activateOwn(asked)),
        code: 'CONFLICT',
        afterwards: async ({ anna, site }, _answer, w) => assert.deepEqual(await rolesAt(w, anna, site), []),
      }),
      ...['4503599627370497', 'me', '0', '%2e%2e'].map((id) =>
        scenario({
          name: `${id} is no invitation`,
          given: (w) => w.person(),
          request: (person, w) => as(w, person, activateOwn(id)),
          code: 'NOT_FOUND',
        }),
      ),
      scenario({
        name: 'needs a session',
        given: toAnna(true),
        request: ({ id }) => activateOwn(id),
        code: 'NOT_SIGNED',
      }),
    ]);
  },
  sessions,
);

onEachStore('the invitations of the caller', (world) => {
  const idsFor = async (w: World, person: Person, query = '') => {
    const { status, json, text } = await w.call(as(w, person, { ...own, path: `${own.path}${query}` }));
    assert.equal(status, 200, text);
    return (json.data as { id: string }[]).map(({ id }) => id);
  };

  it('are those to the proven address, from every site, and what was asked for', async () => {
    const w = world();
    const given: ToAnna = await toAnna(true)(w);
    const { anna, id, foreign } = given;
    const second = await newSite(w, foreign, { name: 'Second' });
    w.clock.move(1000);
    const other = await done(w, as(w, foreign, invite(second, given.email.toUpperCase(), 'admin')));
    w.clock.move(1000);
    const third = await newSite(w, foreign);
    const asked = await done(w, as(w, anna, invitations('POST', third, '', { action: 'approve' })));
    assert.deepEqual(await idsFor(w, anna), [asked, other, id]);
    assert.deepEqual(await idsFor(w, anna, '?action=activate&take=1'), [other]);
    await done(w, as(w, anna, activateOwn(other)));
    assert.deepEqual(await idsFor(w, anna, '?status=pending'), [asked, id]);
    assert.deepEqual(await idsFor(w, anna, '?status=activated'), [other]);
    for (const junk of ['?user_id=1', '?status=x', '?site_id=1']) {
      assertProblem(await w.call(as(w, anna, { ...own, path: `${own.path}${junk}` })), 400, 'INVALID_DATA');
    }
    assertProblem(await w.call(own), 401, 'NOT_SIGNED');
  });

  it('are not those to an address that is only typed in, nor what somebody else has taken up', async () => {
    const w = world();
    const { anna, nobody, code } = await toAnna(false)(w);
    assert.deepEqual(await idsFor(w, anna), []);
    await done(w, as(w, nobody, activate(code)));
    await w.app.context.transaction((tx) => tx.emailSettings.prove(anna.id, anna.email));
    assert.deepEqual(await idsFor(w, anna), []);
    assert.equal((await idsFor(w, nobody)).length, 1);
  });

  it('tell nobody who asks for a site of his own that somebody else is invited', async () => {
    const w = world();
    const { site, id, neighbour, email } = await invited(w);
    await haveRoles(w, neighbour, `${site}x:admin`);
    const answer = await w.call(as(w, neighbour, invitations('GET', site)));
    assertProblem(answer, 403, 'NOT_IN_SITE_ROLE');
    assert.ok(!answer.text.includes(id) && !answer.text.includes(email));
    assert.deepEqual(await idsFor(w, neighbour), []);
  });
});
