import assert from 'node:assert/strict';
import { it } from 'node:test';
import { idsOf as ids, listSessions as list } from '../../support/sessions.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('lists of sessions', (world) => {
  it('of an account: newest first, open and closed, by public id, and nobody else can see them', async () => {
    const w = world();
    const anna = await w.person({ name: 'Anna List' });
    w.clock.move(10);
    const second = await w.again(anna);
    w.clock.move(10);
    const third = await w.again(anna);
    await w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(second) });
    const root = await w.admin();
    for (const reader of [anna, root]) {
      const page = await list(w, reader, `/${anna.id}`);
      assert.deepEqual(ids(page), [third.sessionId, second.sessionId, anna.sessionId]);
      assert.deepEqual(
        page.data.map(({ active }) => active),
        [true, false, true],
      );
      assert.equal(page.total, undefined);
      assert.ok(!JSON.stringify(page).includes(third.credential.slice(23)));
    }
    const ben = await w.person();
    const answer = await w.call({
      method: 'GET',
      path: `/api/v1/sessions/${anna.id}`,
      headers: w.byHeader(ben),
    });
    assert.equal(answer.json.code, 'NOT_OWNER');
  });

  it('are filtered and paged', async () => {
    const w = world();
    const anna = await w.person();
    const sessions = [anna];
    for (let i = 0; i < 4; i++) {
      w.clock.move(60_000);
      sessions.push(await w.again(anna));
    }
    const [first, second, third, fourth, fifth] = sessions.map(({ sessionId }) => sessionId);
    await w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(sessions[1]!) });
    const times = await Promise.all(sessions.map(async (s) => (await w.session(s.sessionId))!.openTime));
    const at = (i: number) => encodeURIComponent(new Date(times[i]!).toISOString());
    const own = (query: string) => list(w, anna, `/${anna.id}?${query}`);

    assert.deepEqual(ids(await own('take=2')), [fifth, fourth]);
    assert.deepEqual(ids(await own('skip=2&take=2')), [third, second]);
    assert.deepEqual(await own('skip=100'), { data: [] });
    assert.equal((await own('total=true&take=1')).total, 5);
    assert.equal((await own('total=true&skip=100')).total, 5);
    assert.equal((await own('total=false')).total, undefined);
    assert.deepEqual(ids(await own('active=false')), [second]);
    assert.deepEqual(ids(await own('active=true')), [fifth, fourth, third, first]);
    assert.equal((await own('active=true&total=true&take=1')).total, 4);
    assert.deepEqual(ids(await own(`from_time=${at(3)}`)), [fifth, fourth]);
    assert.deepEqual(ids(await own(`to_time=${at(1)}`)), [first]);
    assert.deepEqual(ids(await own(`from_time=${at(1)}&to_time=${at(2)}`)), [second]);
    assert.deepEqual(ids(await own(`ids=${first},${third}`)), [third, first]);
    assert.deepEqual(ids(await own(`ids=${sessions[3]!.credential}`)), [fourth], 'either form of an id');
    assert.deepEqual(ids(await own('ids=AAAAAAAAAAAAAAAAAAAAAA')), []);
    const ben = await w.person();
    assert.deepEqual(ids(await own(`ids=${ben.sessionId}`)), [], "no id shows another account's session");
  });
});
