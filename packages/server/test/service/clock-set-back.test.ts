import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shareSetBack } from '../../src/kernel/clock/share-set-back.ts';
import { pruneLog } from '../../src/log/prune-log.ts';
import { claimsOf } from '../support/auth.ts';
import { movableClock } from '../support/clock.ts';
import { assertHeld, signIn, triesOf } from '../support/tries.ts';
import { newPassword, onEachStore } from '../support/world.ts';

const month = 30 * 24 * 3600_000;

onEachStore(
  'when the clock was set back by 30 days',
  (world) => {
    it('wrong passwords cost their wait, go on being counted, and the right one is taken', async () => {
      const w = world();
      const anna = await w.person();
      w.clock.move(month);
      for (let i = 0; i < 5; i++) await signIn(w, anna.login, newPassword());
      w.clock.move(-month);
      assertHeld(await signIn(w, anna.login, anna.password), 1);
      w.clock.move(1000);
      await signIn(w, anna.login, newPassword());
      assert.equal((await triesOf(w, anna)).failures, 6);
      assertHeld(await signIn(w, anna.login, anna.password), 2);
      w.clock.move(2000);
      assert.equal((await signIn(w, anna.login, anna.password)).status, 200);
      assert.equal((await triesOf(w, anna)).failures, 0);
    });

    it('one entry dated ahead does not keep the others, and none goes before its life is over', async () => {
      const w = world();
      const { context } = w.app;
      const people = [await w.person(), await w.person()];
      w.clock.move(month);
      await context.endSession((await w.person()).sessionId, 'signout');
      w.clock.move(-month);
      for (const { sessionId } of people) await context.endSession(sessionId, 'signout');
      const { head } = await context.read.log.state();
      w.clock.move(420_000 - 1000);
      await pruneLog(context);
      assert.equal((await w.entriesSince(head - 3)).length, 3);
      w.clock.move(3000);
      await pruneLog(context);
      const { pruned } = await context.read.log.state();
      assert.equal(pruned, head);
    });

    it('a token of a session from then says no time to come', async () => {
      const w = world();
      w.clock.move(month);
      const anna = await w.person();
      w.clock.move(-month);
      const now = w.clock.now() / 1000;
      const answer = await w.call({ method: 'POST', path: '/auth/who-am-i', headers: w.byHeader(anna) });
      assert.equal(answer.status, 200, answer.text);
      const { auth_time, exp } = claimsOf(String(answer.json.token)) as Record<string, number>;
      assert.ok(auth_time! <= now && exp! <= now + 300, `${auth_time} ${exp} ${now}`);
    });

    it('every process counts from when the first one saw it, also one that starts later', async () => {
      const w = world();
      const { context } = w.app;
      w.clock.move(month);
      await w.person();
      const latest = w.clock.now();
      w.clock.move(-month);
      const to = w.clock.now();
      // Nobody has told anything yet: the data does.
      const learns = async (clock = movableClock(to)) => {
        clock.learn(await context.read.clock.find());
        return clock.setBack();
      };
      assert.deepEqual(await learns(), { latest, to });
      await shareSetBack(context);
      assert.deepEqual(await learns(movableClock(to + 3600_000)), { latest, to });
      assert.equal(await learns(movableClock(latest)), undefined);
      w.clock.move(month);
      await shareSetBack(context);
      assert.equal((await context.read.clock.find()).to, undefined);
    });
  },
  { frozen: true },
);
