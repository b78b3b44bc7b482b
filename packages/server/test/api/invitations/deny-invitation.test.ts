import assert from 'node:assert/strict';
import {
  approve,
  asked,
  deny,
  mailsTo,
  noRole,
  longSessions as sessions,
  withdraw,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as } from '../../support/sites.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

onEachStore(
  'denying a request to join a site',
  (world) => {
    run(world, [
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
    ]);
  },
  sessions,
);
