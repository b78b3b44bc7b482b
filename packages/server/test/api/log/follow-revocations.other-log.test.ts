import assert from 'node:assert/strict';
import { it } from 'node:test';
import { follow } from '../../support/feed.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('a reader that names its log', (world) => {
  it('goes on in this one, and begins anew when its place is in another', async () => {
    const w = world();
    const key = await w.serviceKey();
    const headers = w.byHeader(await w.person());
    await w.call({ method: 'POST', path: '/api/v1/signout', headers });
    const { head, log } = await w.app.context.read.log.state();
    for (const [name, event] of [
      [log, 'heartbeat'],
      ['another', 'snapshot'],
    ] as const) {
      const reader = await follow(w, key, { 'last-event-id': String(head), 'latchkey-log': name });
      assert.equal((await reader.next()).event, event);
      reader.close();
      const page = await w.call({
        method: 'GET',
        path: `/auth/revocations?after=${head}`,
        headers: { authorization: `Bearer ${key}`, accept: 'application/json', 'latchkey-log': name },
      });
      assert.equal(page.json.snapshot, event === 'snapshot');
    }
  });

  it('begins anew when its place was forgotten', async () => {
    const w = world();
    const key = await w.serviceKey();
    const { head, log } = await w.app.context.read.log.state();
    await w.app.context.transaction((tx) => tx.log.prune(Number.MAX_SAFE_INTEGER, 1000));
    const reader = await follow(w, key, { 'last-event-id': String(head - 1), 'latchkey-log': log });
    const { event, data } = await reader.next();
    assert.deepEqual([event, data.from, data.position], ['snapshot', head, head]);
    reader.close();
  });
});
