import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pruneInvitations } from '../../../src/sites/invitations/prune-invitations.ts';
import {
  activate,
  assertPending,
  done,
  invited,
  longSessions as sessions,
  storedInvitation,
  withAddress,
} from '../../support/invitations.ts';
import { as, sitePeople, sites } from '../../support/sites.ts';
import { assertProblem, newAddress, onEachStore } from '../../support/world.ts';

onEachStore(
  'invitations and their site',
  (world) => {
    it('end with it: neither their codes nor their addresses are good for anything', async () => {
      const w = world();
      const email = newAddress();
      const { site, id, code, root } = await invited(w, { email });
      const anna = await withAddress(w, true, email);
      await done(w, as(w, root, sites('DELETE', `/${site}`)));
      assert.equal(await storedInvitation(w, id), undefined);
      assertProblem(await w.call(as(w, anna, activate(code))), 400, 'WRONG_CODE');
      const byAddress = { method: 'POST', path: `/api/v1/invitations/${id}/activate` };
      assertProblem(await w.call(as(w, anna, byAddress)), 403, 'NOT_OWNER');
      assert.deepEqual(
        (await w.call(as(w, anna, { method: 'GET', path: '/api/v1/invitations' }))).json.data,
        [],
      );
    });

    it('are forgotten 90 days after the last thing that happened to them', async () => {
      const w = world();
      const day = 24 * 3600_000;
      const first = await invited(w);
      w.clock.move(60 * day);
      const second = await invited(w);
      w.clock.move(31 * day);
      await pruneInvitations(w.app.context);
      assert.equal(await storedInvitation(w, first.id), undefined);
      await assertPending(w, second.id);
      const { nobody } = await sitePeople(w);
      assertProblem(await w.call(as(w, nobody, activate(second.code))), 400, 'CODE_EXPIRED');
      assertProblem(await w.call(as(w, nobody, activate(first.code))), 400, 'WRONG_CODE');
    });
  },
  sessions,
);
