import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { expireSessions } from '../../../src/sessions/expire-sessions.ts';
import { onEachStore, type World } from '../../support/world.ts';

const minute = 60_000;
const hour = 60 * minute;
const idle = 24 * hour;
/** Where verifiers exist: how late a use may be known. */
const grace = 90_000;

async function seen(w: World, key: string, sessions: readonly (readonly [string, number])[]): Promise<void> {
  const verifier = randomBytes(16).toString('base64url');
  const headers = { authorization: `Bearer ${key}` };
  const json = { verifier, log: 'x', position: 0, sessions };
  const answer = await w.call({ method: 'POST', path: '/auth/revocations/report', headers, json });
  assert.equal(answer.status, 204, answer.text);
  await w.app.uses.flush();
}

onEachStore(
  'sessions that verifiers have seen',
  (world) => {
    it('were used then, and never later than now nor earlier than known', async () => {
      const w = world();
      const key = await w.serviceKey();
      const person = await w.person();
      const timeOf = async () => (await w.session(person.sessionId))!.requestTime;
      const opened = await timeOf();
      w.clock.move(10 * minute);
      await seen(w, key, [
        [person.sessionId, 4 * minute],
        ['A'.repeat(22), 0],
      ]);
      assert.equal(await timeOf(), opened + 6 * minute);
      await seen(w, key, [[person.sessionId, 5 * minute]]);
      assert.equal(await timeOf(), opened + 6 * minute, 'not back');
      await seen(w, key, [[person.sessionId, 3.5 * minute]]);
      assert.equal(await timeOf(), opened + 6 * minute, 'half a minute is not worth a write');
      await seen(w, key, [[person.sessionId, 0]]);
      assert.equal(await timeOf(), opened + 10 * minute);
    });

    it('stay alive by that, and go idle a little later than the limit', async () => {
      const w = world();
      const key = await w.serviceKey();
      const [used, unused] = [await w.person(), await w.person()];
      w.clock.move(idle - hour);
      await seen(w, key, [[used.sessionId, 0]]);
      w.clock.move(hour + grace - 1000);
      assert.equal((await w.session(unused.sessionId))!.closeTime, undefined);
      await w.assertLive(unused);
      w.clock.move(idle + 2 * grace);
      await expireSessions(w.app.context, 0);
      await w.assertDead(unused);
      await w.assertDead(used);
    });

    it('that are closed, or over, stay so whatever a service says', async () => {
      const w = world();
      const key = await w.serviceKey();
      const [closed, over] = [await w.person(), await w.person()];
      await w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(closed) });
      const before = await w.session(closed.sessionId);
      w.clock.move(idle + 2 * grace);
      await seen(w, key, [
        [closed.sessionId, 0],
        [over.sessionId, 0],
      ]);
      assert.deepEqual(await w.session(closed.sessionId), before);
      await w.assertDead(closed);
      await w.assertDead(over);
      await expireSessions(w.app.context, 0);
      assert.equal((await w.session(over.sessionId))!.closeReason, 'expired');
    });
  },
  { frozen: true },
);
