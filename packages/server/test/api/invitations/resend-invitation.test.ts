import assert from 'node:assert/strict';
import {
  activate,
  assertPending,
  codeFor,
  done,
  invitations,
  invited,
  mailsTo,
  longSessions as sessions,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, sitePeople } from '../../support/sites.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

const week = 7 * 24 * 3600_000;

onEachStore(
  'sending an invitation again',
  (world) => {
    run(world, [
      scenario({
        name: 'it is sent again with a new code, and lives for a week from then',
        async given(w) {
          const given = await invited(w);
          w.clock.move(week - 1000);
          return given;
        },
        request: ({ admin, site, id }, w) => as(w, admin, invitations('POST', site, `/${id}/resend`)),
        body: ({ id, manager }) => ({ id, status: 'pending', creator_id: manager.id }),
        async afterwards({ code, email, nobody, manager, id }, { json }, w) {
          const life = Date.parse(String(json.expire_time)) - w.clock.now();
          assert.ok(life > week - 60_000 && life <= week);
          assert.equal((await mailsTo(w, email, 'invitation')).length, 2);
          const fresh = await codeFor(w, email);
          assert.notEqual(fresh, code);
          assertProblem(await w.call(as(w, nobody, activate(code))), 400, 'WRONG_CODE');
          await assertPending(w, id);
          await done(w, as(w, nobody, activate(fresh)));
          const late = invitations('POST', String(json.site_id), `/${id}/resend`);
          assertProblem(await w.call(as(w, manager, late)), 409, 'CONFLICT');
        },
      }),
      scenario({
        name: 'an expired one is sent again',
        async given(w) {
          const given = await invited(w);
          w.clock.move(week + 1000);
          return given;
        },
        request: ({ manager, site, id }, w) => as(w, manager, invitations('POST', site, `/${id}/resend`)),
        body: { status: 'pending' },
      }),
      scenario({
        name: "a role above one's own is not sent again",
        given: (w) => invited(w, { by: 'admin', role: 'admin' }),
        request: ({ manager, site, id }, w) => as(w, manager, invitations('POST', site, `/${id}/resend`)),
        code: 'NOT_IN_SITE_ROLE',
        afterwards: async ({ code, nobody }, _answer, w) =>
          void (await done(w, as(w, nobody, activate(code)))),
      }),
      scenario({
        name: 'a request to join is not sent by anybody else',
        async given(w) {
          const people = await sitePeople(w);
          const asked = invitations('POST', people.site, '', { action: 'approve' });
          return { ...people, id: await done(w, as(w, people.nobody, asked)) };
        },
        request: ({ admin, site, id }, w) => as(w, admin, invitations('POST', site, `/${id}/resend`)),
        code: 'CONFLICT',
      }),
    ]);
  },
  sessions,
);
