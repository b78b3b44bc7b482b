import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import type { SessionId } from '../../src/kernel/ids.ts';
import { expireSessions } from '../../src/sessions/expire-sessions.ts';
import type { Answer } from '../support/client.ts';
import { report } from '../support/followers.ts';
import { assertProblem, onEachStore, type Person, type World } from '../support/world.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A hundredth of the idle limit. */
const step = 0.24 * hour;

const usedAt = async (w: World, { sessionId }: Person) => (await w.session(sessionId))!.requestTime;

onEachStore(
  'uses of sessions',
  (world) => {
    it('are stored once in a hundredth of the idle limit, and the last one is not lost', async () => {
      const w = world();
      const anna = await w.person();
      const opened = await usedAt(w, anna);
      for (const minutes of [1, 2, 3]) {
        w.clock.move(minute);
        await w.assertLive(anna);
        await w.app.uses.storeDue();
        assert.equal(await usedAt(w, anna), opened, `${minutes} min`);
      }
      w.clock.move(step);
      await w.app.uses.storeDue();
      assert.equal(await usedAt(w, anna), opened + 3 * minute);
    });

    it('are stored at once where none was for longer', async () => {
      const w = world();
      const anna = await w.person();
      w.clock.move(step);
      await w.assertLive(anna);
      await w.app.uses.storeDue();
      assert.equal(await usedAt(w, anna), w.clock.now());
    });

    it('that verifiers report are held as well, and all are stored at the end', async () => {
      const w = world();
      const anna = await w.person();
      w.clock.move(2 * minute);
      w.app.uses.noteReported('orders', [[anna.sessionId, 0]]);
      await w.app.uses.storeDue();
      const first = await usedAt(w, anna);
      assert.equal(first, w.clock.now());
      w.clock.move(2 * minute);
      w.app.uses.noteReported('orders', [[anna.sessionId, 0]]);
      await w.app.uses.storeDue();
      assert.equal(await usedAt(w, anna), first);
      await w.app.uses.flush();
      assert.equal(await usedAt(w, anna), first + 2 * minute);
    });

    it('are not held for longer by a clock that was ahead', async () => {
      const w = world();
      const anna = await w.person();
      w.clock.move(2 * minute);
      await w.assertLive(anna);
      w.clock.move(-30 * 24 * hour);
      await w.app.uses.storeDue();
      w.clock.move(30 * 24 * hour);
      assert.equal(await usedAt(w, anna), w.clock.now());
    });

    it('put off the sweep by the whole idle limit, and the session ends then', async () => {
      const w = world();
      const anna = await w.person();
      w.clock.move(20 * hour);
      await w.assertLive(anna);
      await w.app.uses.storeDue();
      w.clock.move(23 * hour);
      const sweep = async () => {
        await expireSessions(w.app.context, 0);
        return (await w.session(anna.sessionId))!.closeReason;
      };
      assert.equal(await w.app.context.read.sessions.hasUsed(w.clock.now() - 24 * hour), true);
      assert.equal(await sweep(), undefined);
      assert.equal(await w.app.context.read.sessions.hasUsed(w.clock.now() - 24 * hour), false);
      w.clock.move(hour);
      assert.equal(await sweep(), 'expired');
    });

    it('a service may report so many; then it waits, while others report', async () => {
      const w = world();
      const [key, other] = [await w.serviceKey('greedy'), await w.serviceKey()];
      const ids = Array.from({ length: 2000 }, () => [randomBytes(16).toString('base64url'), 0] as const);
      const spendAll = () => {
        for (let i = 0; i < 1000; i++)
          w.app.uses.noteReported('greedy', ids as unknown as [SessionId, number][]);
      };
      const verifier = randomBytes(16).toString('base64url');
      const json = { verifier, log: 'x', position: 0 };
      let refused: Answer;
      let tries = 0;
      do {
        assert.throws(spendAll, { code: 'TOO_MANY_REQUESTS' });
        // What comes back in a fifth of a second is enough for one more.
        refused = await report(w, key, { ...json, sessions: ids });
        tries += 1;
      } while (refused.status !== 429 && tries < 20);
      assertProblem(refused, 429, 'TOO_MANY_REQUESTS');
      assert.match(String(refused.headers['retry-after']), /^[1-9]$/);
      assert.equal((await report(w, key, json)).status, 204, 'a position alone');
      assert.equal((await report(w, other, { ...json, sessions: ids })).status, 204);
    });
  },
  { frozen: true },
);
