import assert from 'node:assert/strict';
import { it } from 'node:test';
import { endingsOf, onEachStore, type Person } from '../../support/world.ts';

onEachStore('the limit of 50 sessions', (world) => {
  it('the least recently used one is closed, with an event', async () => {
    const w = world();
    const anna = await w.person();
    const sessions = [anna];
    for (let i = 1; i < 50; i++) {
      w.clock.move(1000);
      sessions.push(await w.again(anna));
    }
    const [first, second] = sessions as [Person, Person];
    await w.app.context.transaction((tx) => tx.sessions.touch(new Map([[first.sessionId, w.clock.now()]])));
    const head = await w.head();
    const one = await w.login(anna);
    assert.deepEqual(endingsOf(await w.entriesSince(head)), [{ session: second.sessionId, reason: 'limit' }]);
    await w.assertDead(second);
    await w.assertLive(first);
    await w.assertLive(one);
  });

  it('holds when many sign in at once', async () => {
    const w = world();
    const anna = await w.person();
    const head = await w.head();
    const sessions = [anna, ...(await Promise.all(Array.from({ length: 59 }, () => w.again(anna))))];
    const ended = endingsOf(await w.entriesSince(head));
    assert.equal(ended.length, 10);
    assert.equal(new Set(ended.map(({ session }) => session)).size, 10);
    let open = 0;
    for (const { sessionId } of sessions) {
      const closed = (await w.session(sessionId))!.closeTime !== undefined;
      assert.equal(
        closed,
        ended.some(({ session, reason }) => session === sessionId && reason === 'limit'),
      );
      open += closed ? 0 : 1;
    }
    assert.equal(open, 50);
  });
});
