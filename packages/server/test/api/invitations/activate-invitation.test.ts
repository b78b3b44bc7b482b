import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  activate,
  codeFor,
  done,
  type Invited,
  invitations,
  invited,
  nothingCame as nothing,
  rolesChanged,
  longSessions as sessions,
  storedInvitation,
  toAnna,
  withAddress,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, personWith, rolesAt, shown, sites } from '../../support/sites.ts';
import { assertProblem, onEachStore, type Person, refreshesOf, type World } from '../../support/world.ts';

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
    link: w.app.context.links.toPage('invitation', { id, code }).slice(0, 256),
    token: `${nobody.credential}.${code.slice(1)}`,
    session: nobody.credential,
  };
}

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
        name: 'proves no other address of the account',
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
          name: `not when its sender ${name}, until somebody else sends it`,
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
