import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  ask,
  done,
  invitations,
  mailsTo,
  own,
  rolesChanged,
  storedInvitation,
  withAddress,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, newSite, personWith, rolesAt, sitePeople, sites } from '../../support/sites.ts';
import { assertProblem, onEachStore, type World } from '../../support/world.ts';

const month = 30 * 24 * 3600_000;
const sessions = { env: { LATCHKEY_SESSION_IDLE: '300d', LATCHKEY_SESSION_ABSOLUTE: '300d' } };

/** Anna has asked to join a site. */
async function asked(w: World, role?: string) {
  const people = await sitePeople(w);
  const anna = await withAddress(w, true);
  return { ...people, anna, id: await done(w, as(w, anna, ask(people.site, role))) };
}

const approve = (site: string, id: string, json?: unknown) =>
  invitations('POST', site, `/${id}/approve`, json);
const deny = (site: string, id: string) => invitations('POST', site, `/${id}/deny`);
const withdraw = (site: string, id: string) => invitations('DELETE', site, `/${id}`);

type Asked = Awaited<ReturnType<typeof asked>>;

const noRole = async ({ anna, site }: Asked, _answer: unknown, w: World) =>
  assert.deepEqual(await rolesAt(w, anna, site), []);

onEachStore(
  'asking to join a site',
  (world) => {
    run(world, [
      scenario({
        name: 'tells its managers and admins, and gives nothing',
        async given(w) {
          const [admin, manager, member] = await Promise.all([1, 2, 3].map(() => withAddress(w, true)));
          const site = await newSite(w, admin!, { name: 'Acme' });
          const disabled = await withAddress(w, true);
          for (const [person, role] of [
            [manager!, 'manager'],
            [member!, 'user'],
            [disabled, 'admin'],
          ] as const) {
            await done(w, as(w, admin!, sites('PUT', `/${site}/users/${person.id}`, { roles: [role] })));
          }
          const off = { method: 'PUT', path: `/api/v1/accounts/${disabled.id}`, json: { active: false } };
          await done(w, as(w, await w.admin(), off));
          return {
            site,
            admin: admin!,
            manager: manager!,
            member: member!,
            disabled,
            anna: await withAddress(w, true),
          };
        },
        request: ({ anna, site }, w) => as(w, anna, ask(site)),
        body: ({ site, anna }) => ({
          action: 'approve',
          status: 'pending',
          site_id: site,
          role: 'user',
          creator_id: anna.id,
          invitee_id: anna.id,
          invitee_name: anna.name,
          invitee_email: anna.email,
        }),
        async afterwards(given, { json }, w) {
          assert.deepEqual(await rolesAt(w, given.anna, given.site), []);
          for (const { email } of [given.admin, given.manager]) {
            const [mail, ...more] = await mailsTo(w, email, 'join-request');
            assert.equal(more.length, 0);
            assert.deepEqual(mail!.content!.values, { site: 'Acme', by: given.anna.name, role: 'user' });
          }
          for (const { email } of [given.member, given.disabled, given.anna]) {
            assert.deepEqual(await mailsTo(w, email, 'join-request'), []);
          }
          const list = await w.call(as(w, given.anna, own));
          assert.deepEqual(list.json.data, [json]);
        },
      }),
      scenario({
        name: 'says no address that is only typed in',
        given: async (w) => ({ ...(await sitePeople(w)), anna: await withAddress(w, false) }),
        request: ({ anna, site }, w) => as(w, anna, ask(site)),
        afterwards: (_given, { json }) => assert.equal(json.invitee_email, undefined),
      }),
      scenario({
        name: 'for a role, which is none until somebody gives it',
        given: sitePeople,
        request: ({ user, site }, w) => as(w, user, ask(site, 'admin')),
        body: { role: 'admin', status: 'pending' },
        afterwards: async ({ user, site }, _answer, w) =>
          assert.deepEqual(await rolesAt(w, user, site), ['user']),
      }),
      ...(
        [
          ['user', 'user'],
          ['manager', 'user'],
          ['auditor', 'auditor'],
        ] as const
      ).map(([who, role]) =>
        scenario({
          name: `as ${role} is of no use to ${who}`,
          given: sitePeople,
          request: (given, w) => as(w, given[who], ask(given.site, role)),
          code: 'CONFLICT',
        }),
      ),
      scenario({
        name: 'twice, while the first waits',
        given: asked,
        request: ({ anna, site }, w) => as(w, anna, ask(site, 'manager')),
        code: 'CONFLICT',
        afterwards: async ({ id }, _answer, w) => assert.equal((await storedInvitation(w, id))?.role, 'user'),
      }),
      scenario({
        name: 'again, after nobody has decided for a month',
        async given(w) {
          const given = await asked(w);
          w.clock.move(month + 1000);
          return given;
        },
        request: ({ anna, site }, w) => as(w, anna, ask(site)),
        body: { status: 'pending' },
        async afterwards({ id, site, admin }, { json }, w) {
          assert.notEqual(json.id, id);
          const old = await w.call(as(w, admin, invitations('GET', site, `/${id}`)));
          assert.equal(old.json.status, 'expired');
        },
      }),
      ...['4503599627370497', 'no-such-site'].map((site) =>
        scenario({
          name: `${site} is no site`,
          given: (w) => w.person(),
          request: (anna, w) => as(w, anna, ask(site)),
          code: 'NOT_FOUND',
        }),
      ),
      scenario({
        name: 'a site that was deleted',
        async given(w) {
          const given = await sitePeople(w);
          await done(w, as(w, given.root, sites('DELETE', `/${given.site}`)));
          return given;
        },
        request: ({ nobody, site }, w) => as(w, nobody, ask(site)),
        code: 'NOT_FOUND',
      }),
      scenario({
        name: 'a site that is not active',
        async given(w) {
          const given = await sitePeople(w);
          await done(w, as(w, given.root, sites('PUT', `/${given.site}`, { active: false })));
          return given;
        },
        request: ({ nobody, site }, w) => as(w, nobody, ask(site)),
        code: 'CONFLICT',
      }),
      ...[
        { invitee_email: 'eve@example.com' },
        { invitee_name: 'Eve' },
        { invitee_id: '4503599627370497' },
        { creator_id: '4503599627370497' },
        { status: 'approved' },
        { role: '1:admin' },
      ].map((fields) =>
        scenario({
          name: `with ${Object.keys(fields)} is refused`,
          given: sitePeople,
          request: ({ nobody, site }, w) =>
            as(w, nobody, invitations('POST', site, '', { action: 'approve', ...fields })),
          code: 'INVALID_DATA',
        }),
      ),
      scenario({
        name: 'needs a session',
        given: sitePeople,
        request: ({ site }) => ask(site),
        code: 'NOT_SIGNED',
      }),
    ]);
  },
  sessions,
);

onEachStore(
  'deciding upon who asks to join a site',
  (world) => {
    run(world, [
      ...(['manager', 'admin', 'root'] as const).map((who) =>
        scenario({
          name: `${who} lets them in, and they are told`,
          given: asked,
          request: (given, w) => as(w, given[who], approve(given.site, given.id)),
          body: ({ id, anna }) => ({ id, status: 'approved', role: 'user', invitee_id: anna.id }),
          refreshes: ({ anna }) => rolesChanged(anna),
          async afterwards({ anna, site }, _answer, w) {
            assert.deepEqual(await rolesAt(w, anna, site), ['user']);
            const [mail, ...more] = await mailsTo(w, anna.email, 'join-approved');
            assert.equal(more.length, 0);
            assert.deepEqual(mail!.content!.values, { site: 'Acme', role: 'user' });
          },
        }),
      ),
      scenario({
        name: 'in another role than they asked for',
        given: (w) => asked(w, 'admin'),
        request: ({ manager, site, id }, w) => as(w, manager, approve(site, id, { role: 'manager' })),
        body: { role: 'manager', status: 'approved' },
        refreshes: ({ anna }) => rolesChanged(anna),
        afterwards: async ({ anna, site }, _answer, w) =>
          assert.deepEqual(await rolesAt(w, anna, site), ['manager']),
      }),
      ...(
        [
          ['admin', undefined],
          ['user', { role: 'admin' }],
          ['user', { role: 'auditor' }],
        ] as const
      ).map(([wanted, json]) =>
        scenario({
          name: `as ${json?.role ?? wanted} is above a manager`,
          given: (w) => asked(w, wanted),
          request: ({ manager, site, id }, w) => as(w, manager, approve(site, id, json)),
          code: 'NOT_IN_SITE_ROLE',
          afterwards: noRole,
        }),
      ),
      scenario({
        name: 'they are not let in, and told',
        given: asked,
        request: ({ manager, site, id }, w) => as(w, manager, deny(site, id)),
        body: { status: 'denied' },
        async afterwards(given, answer, w) {
          await noRole(given, answer, w);
          const { anna, site, id, admin } = given;
          const [mail] = await mailsTo(w, anna.email, 'join-denied');
          assert.deepEqual(mail!.content!.values, { site: 'Acme' });
          for (const request of [approve(site, id), deny(site, id), withdraw(site, id)]) {
            assertProblem(await w.call(as(w, admin, request)), 409, 'CONFLICT');
          }
          await noRole(given, answer, w);
        },
      }),
      scenario({
        name: 'whoever asked takes it back',
        given: asked,
        request: ({ anna, site, id }, w) => as(w, anna, withdraw(site, id)),
        body: { status: 'withdrawn' },
        async afterwards(given, answer, w) {
          const { site, id, admin } = given;
          assertProblem(await w.call(as(w, admin, approve(site, id))), 409, 'CONFLICT');
          await noRole(given, answer, w);
        },
      }),
      scenario({
        name: 'not a month later',
        async given(w) {
          const given = await asked(w);
          w.clock.move(month + 1000);
          return given;
        },
        request: ({ admin, site, id }, w) => as(w, admin, approve(site, id)),
        code: 'CONFLICT',
        afterwards: noRole,
      }),
      scenario({
        name: 'not on a site that is not active',
        async given(w) {
          const given = await asked(w);
          await done(w, as(w, given.root, sites('PUT', `/${given.site}`, { active: false })));
          return given;
        },
        request: ({ admin, site, id }, w) => as(w, admin, approve(site, id)),
        code: 'CONFLICT',
        afterwards: noRole,
      }),
      scenario({
        name: 'an invitation is nothing to decide upon',
        async given(w) {
          const people = await sitePeople(w);
          const json = { invitee_email: 'ines@example.com' };
          return {
            ...people,
            id: await done(w, as(w, people.manager, invitations('POST', people.site, '', json))),
          };
        },
        request: ({ admin, site, id }, w) => as(w, admin, approve(site, id)),
        code: 'CONFLICT',
      }),
      ...[{ role: null }, { role: '1:admin' }, { status: 'approved' }, [], 'user'].map((json) =>
        scenario({
          name: `${JSON.stringify(json)} is refused`,
          given: asked,
          request: ({ admin, site, id }, w) => as(w, admin, approve(site, id, json)),
          code: 'INVALID_DATA',
          afterwards: noRole,
        }),
      ),
    ]);

    it('approving, denying and taking back at once: one of them happens', async () => {
      const w = world();
      for (let round = 0; round < 6; round++) {
        const { anna, site, id, manager, admin } = await asked(w);
        const answers = await Promise.all([
          w.call(as(w, manager, approve(site, id))),
          w.call(as(w, admin, deny(site, id))),
          w.call(as(w, anna, withdraw(site, id))),
          w.call(as(w, admin, approve(site, id))),
        ]);
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
        const { status } = (await storedInvitation(w, id))!;
        assert.equal(answers.find((answer) => answer.status === 200)!.json.status, status);
        assert.deepEqual(await rolesAt(w, anna, site), status === 'approved' ? ['user'] : []);
      }
    });

    it('whoever asks cannot decide, before or after somebody takes the role of a manager away', async () => {
      const w = world();
      const { site, admin } = await sitePeople(w);
      const ben = await personWith(w, `${site}:manager`);
      const id = await done(w, as(w, ben, ask(site, 'admin')));
      assertProblem(await w.call(as(w, ben, approve(site, id))), 403, 'NOT_IN_SITE_ROLE');
      await done(w, as(w, admin, sites('PUT', `/${site}/users/${ben.id}`, { roles: [] })));
      assertProblem(await w.call(as(w, ben, approve(site, id, { role: 'user' }))), 403, 'NOT_IN_SITE_ROLE');
      assert.deepEqual(await rolesAt(w, ben, site), []);
    });
  },
  sessions,
);
