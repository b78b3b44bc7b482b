import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  approve,
  ask,
  asked,
  deny,
  done,
  invitations,
  mailsTo,
  noRole,
  rolesChanged,
  longSessions as sessions,
  storedInvitation,
  withdraw,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, personWith, rolesAt, sitePeople, sites } from '../../support/sites.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

const month = 30 * 24 * 3600_000;

onEachStore(
  'approving a request to join a site',
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
        name: 'not a month later',
        async given(w) {
          const given = await asked(w);
          w.clock.move(month + 1000);
          return { ...given, admin: await w.again(given.admin) };
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

    it('the person who asks cannot decide, before or after somebody takes the role of a manager away', async () => {
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
