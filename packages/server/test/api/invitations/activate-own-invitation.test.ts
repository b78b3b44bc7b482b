import assert from 'node:assert/strict';
import {
  activate,
  activateOwn,
  assertPending,
  done,
  invitations,
  nothingCame as nothing,
  rolesChanged,
  longSessions as sessions,
  toAnna,
  withAddress,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, rolesAt } from '../../support/sites.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

const week = 7 * 24 * 3600_000;

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
        name: 'is not for an account that has only typed it in',
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
      scenario({
        name: "one that does not exist looks like somebody else's",
        given: toAnna(false),
        request: ({ anna }, w) => as(w, anna, activateOwn('4503599627370497')),
        code: 'NOT_OWNER',
        async afterwards({ anna, id }, answer, w) {
          const other = await w.call(as(w, anna, activateOwn(id)));
          assert.deepEqual([other.status, other.json.detail], [answer.status, answer.json.detail]);
        },
      }),
      ...['me', '0', '%2e%2e'].map((id) =>
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
