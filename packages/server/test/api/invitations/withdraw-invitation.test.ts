import assert from 'node:assert/strict';
import {
  activate,
  approve,
  asked,
  invitations,
  invited,
  noRole,
  longSessions as sessions,
  withdraw,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as } from '../../support/sites.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

onEachStore(
  'taking back a request to join a site',
  (world) => {
    run(world, [
      scenario({
        name: 'the person who asked takes it back',
        given: asked,
        request: ({ anna, site, id }, w) => as(w, anna, withdraw(site, id)),
        body: { status: 'withdrawn' },
        async afterwards(given, answer, w) {
          const { site, id, admin } = given;
          assertProblem(await w.call(as(w, admin, approve(site, id))), 409, 'CONFLICT');
          await noRole(given, answer, w);
        },
      }),
    ]);
  },
  sessions,
);

onEachStore(
  'taking an invitation back',
  (world) => {
    run(world, [
      ...(['manager', 'admin', 'root'] as const).map((who) =>
        scenario({
          name: `${who} takes it back: its code is void`,
          given: (w) => invited(w, { by: 'admin', role: 'admin' }),
          request: (given, w) => as(w, given[who], invitations('DELETE', given.site, `/${given.id}`)),
          body: ({ id }) => ({ id, status: 'withdrawn' }),
          async afterwards({ site, id, code, nobody, manager }, _answer, w) {
            assertProblem(await w.call(as(w, nobody, activate(code))), 400, 'WRONG_CODE');
            for (const [method, path] of [
              ['DELETE', ''],
              ['POST', '/resend'],
            ] as const) {
              const again = await w.call(as(w, manager, invitations(method, site, `/${id}${path}`)));
              assert.ok(['CONFLICT', 'NOT_IN_SITE_ROLE'].includes(String(again.json.code)), again.text);
            }
          },
        }),
      ),
    ]);
  },
  sessions,
);
