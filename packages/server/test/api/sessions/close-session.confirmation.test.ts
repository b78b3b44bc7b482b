import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { removeService } from '../../../src/log/services/remove-service.ts';
import { follow } from '../../support/feed.ts';
import { refused, run } from '../../support/scenario.ts';
import { assertProblem, newLogin, onEachStore, type Person, type World } from '../../support/world.ts';

interface Confirmation {
  readonly seq: number;
  readonly confirmed: readonly string[];
  readonly pending: readonly string[];
}

const newId = () => randomBytes(16).toString('base64url');

/** Closes the first session by the second, and waits. */
async function close(w: World, closed: Person, by: Person, query = 'wait=confirmed&timeout=2000') {
  const path = `/api/v1/sessions/${closed.id}/${closed.sessionId}?${query}`;
  const since = performance.now();
  const answer = await w.call({ method: 'DELETE', path, headers: w.byHeader(by) });
  assert.equal(answer.status, 200, answer.text);
  return { ...(answer.json as unknown as Confirmation), json: answer.json, took: performance.now() - since };
}

/** A verifier that has started, and the name of its service. */
async function startVerifier(w: World, t: TestContext, name = newLogin()) {
  const serviceKey = await w.serviceKey(name);
  const verifier = createVerifier({ issuer: w.app.config.publicUrl, serviceKey });
  t.after(() => leave(w, verifier, name));
  await verifier.ready();
  return { name, verifier };
}

/** Ends a verifier and waits until the server knows. */
async function leave(w: World, verifier: Verifier, name: string): Promise<void> {
  verifier.close();
  await untilGone(w, name);
}

/** The end of a stream is noted a moment later. */
function untilGone(w: World, name: string): Promise<void> {
  return until(async () => {
    const verifiers = await w.app.context.read.followers.list();
    return !verifiers.some(({ service, connected }) => service === name && connected);
  });
}

async function until(met: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!(await met())) {
    assert.ok(performance.now() < deadline, `never came true: ${met}`);
    await sleep(10);
  }
}

function report(w: World, key: string, json: object) {
  return w.call({
    method: 'POST',
    path: '/auth/revocations/report',
    headers: { authorization: `Bearer ${key}` },
    json,
  });
}

onEachStore('a close that waits for verifiers', (world) => {
  it('answers at once when there is none', async () => {
    const w = world();
    const laptop = await w.person();
    const phone = await w.again(laptop);
    const { json, seq, confirmed, pending, took } = await close(w, laptop, phone);
    assert.deepEqual([json.id, json.active, json.close_reason], [laptop.sessionId, false, 'closed']);
    assert.deepEqual({ seq, confirmed, pending }, { seq: await w.head(), confirmed: [], pending: [] });
    assert.ok(took < 1000, `${took} ms`);
    const unasked = await close(w, laptop, phone, '');
    assert.deepEqual([unasked.seq, unasked.confirmed, unasked.pending], [undefined, undefined, undefined]);
  });

  it('names every verifier that refuses the session when the answer comes', async (t) => {
    const w = world();
    const [orders, bills] = [await startVerifier(w, t), await startVerifier(w, t)];
    const laptop = await w.person();
    const phone = await w.again(laptop);
    const { token } = await w.login(phone);
    assert.ok(token);
    const head = await w.head();
    const { seq, confirmed, pending, took } = await close(w, laptop, phone);
    assert.deepEqual([...confirmed].sort(), [orders.name, bills.name].sort());
    assert.deepEqual(pending, []);
    assert.equal(seq, head + 1);
    assert.ok(took < 1500, `${took} ms`);
    for (const { verifier } of [orders, bills]) assert.ok(verifier.status().position >= seq);
    // What was closed before is waited for as well.
    const again = await close(w, laptop, phone);
    assert.deepEqual([...again.confirmed].sort(), [...confirmed].sort());
  });

  it('two verifiers of one service are two', async (t) => {
    const w = world();
    const name = newLogin();
    const serviceKey = await w.serviceKey(name);
    const verifiers = [1, 2].map(() => createVerifier({ issuer: w.app.config.publicUrl, serviceKey }));
    t.after(async () => {
      for (const verifier of verifiers) verifier.close();
      await untilGone(w, name);
    });
    for (const verifier of verifiers) await verifier.ready();
    const laptop = await w.person();
    const { confirmed, pending } = await close(w, laptop, await w.again(laptop));
    assert.deepEqual([confirmed, pending], [[name, name], []]);
  });

  it('a reader that says nothing stays pending until the time is up', async () => {
    const w = world();
    const name = newLogin();
    const reader = await follow(w, await w.serviceKey(name));
    await reader.next();
    const laptop = await w.person();
    const { confirmed, pending, took } = await close(
      w,
      laptop,
      await w.again(laptop),
      'wait=confirmed&timeout=150',
    );
    assert.deepEqual([confirmed, pending], [[], [name]]);
    assert.ok(took >= 150, `${took} ms`);
    reader.close();
    await untilGone(w, name);
  });

  it('asks in the heartbeat, and believes what is reported of this log by that id', async () => {
    const w = world();
    const [name, id] = [newLogin(), newId()];
    const key = await w.serviceKey(name);
    const reader = await follow(w, key, { 'latchkey-verifier': id, 'latchkey-staleness': '1000' });
    const { log } = (await reader.next()).data as unknown as { log: string };
    const laptop = await w.person();
    const phone = await w.again(laptop);
    const head = await w.head();
    const closing = close(w, laptop, phone);
    const { data } = await reader.next(
      ({ event, data: { confirm = 0 } }) => event === 'heartbeat' && confirm > head,
    );
    const position = data.confirm!;
    for (const wrong of [
      { log: 'another' },
      { verifier: newId() },
      { position: position - 1 },
      { position: 2 ** 53 - 1 },
    ]) {
      assert.equal(
        (await report(w, key, { verifier: id, log, position, confirm: true, ...wrong })).status,
        204,
      );
    }
    const other = await Promise.race([closing, sleep(100)]);
    assert.equal(other, undefined, 'nothing of that was a confirmation');
    assert.equal((await report(w, key, { verifier: id, log, position, confirm: true })).status, 204);
    const { confirmed, seq } = await closing;
    assert.ok(confirmed.includes(name));
    assert.equal(seq, position);
    await removeService(w.app.context, { name });
    await reader.ended;
    await untilGone(w, name);
  });

  it('one whose stream was cut counts for as long as it may decide by itself, and not after it said goodbye', async () => {
    const w = world();
    const [name, id] = [newLogin(), newId()];
    const key = await w.serviceKey(name);
    const reader = await follow(w, key, { 'latchkey-verifier': id, 'latchkey-staleness': '60000' });
    const { log } = (await reader.next()).data as unknown as { log: string };
    reader.close();
    const laptop = await w.person();
    const phone = await w.again(laptop);
    const cut = await close(w, laptop, phone, 'wait=confirmed&timeout=150');
    assert.deepEqual(cut.pending, [name]);
    const closing = close(w, phone, await w.again(laptop), 'wait=confirmed&timeout=5000');
    await sleep(50);
    assert.equal((await report(w, key, { verifier: id, log, position: 0, leaving: true })).status, 204);
    const { pending, took } = await closing;
    assert.deepEqual(pending, []);
    assert.ok(took < 4000, `${took} ms`);
  });

  it('a poller confirms by asking for what comes after', async () => {
    const w = world();
    const name = newLogin();
    const headers = {
      authorization: `Bearer ${await w.serviceKey(name)}`,
      accept: 'application/json',
      'latchkey-staleness': '3000',
      'latchkey-verifier': newId(),
    };
    const poll = async (after?: number) => {
      const path = `/auth/revocations${after === undefined ? '' : `?after=${after}`}`;
      const answer = await w.call({ method: 'GET', path, headers });
      assert.equal(answer.status, 200, answer.text);
      return answer;
    };
    const first = await poll();
    const laptop = await w.person();
    const phone = await w.again(laptop);
    await poll(Number(first.json.position));
    const closing = close(w, laptop, phone, 'wait=confirmed&timeout=2500');
    await sleep(100);
    const page = await poll(Number(first.json.position));
    assert.equal(
      await Promise.race([closing, sleep(100)]),
      undefined,
      'it has been told, and has not said so',
    );
    await poll(Number(page.json.position));
    const { confirmed, pending } = await closing;
    assert.deepEqual([confirmed, pending], [[name], []]);
    // A position that the log never had says nothing.
    await poll(999_999_999);
    const late = await close(w, phone, await w.again(laptop), 'wait=confirmed&timeout=100');
    assert.deepEqual(late.pending, [name]);
    await untilGone(w, name);
  });

  it('so do the other ways to close', async (t) => {
    const w = world();
    const { name } = await startVerifier(w, t);
    const person = await w.person();
    const [one, two, three] = [await w.login(person), await w.login(person), await w.login(person)];
    const send = async (method: string, path: string, proof: { token: string; credential: string }) => {
      const answer = await w.call({ method, path: `${path}?wait=confirmed`, headers: w.byProof(proof) });
      assert.equal(answer.status, 200, answer.text);
      const { seq, ...rest } = answer.json;
      assert.equal(seq, await w.head());
      return rest;
    };
    const all = { confirmed: [name], pending: [] };
    assert.deepEqual(await send('DELETE', `/auth/sessions/${one.sessionId}`, two), all);
    assert.deepEqual(await send('DELETE', '/auth/sessions', two), { closed: 2, ...all });
    assert.equal((await w.session(three.sessionId))?.closeReason, 'cleared');
    assert.deepEqual(await send('POST', '/auth/logout', two), all);
    const [laptop, phone] = [await w.again(person), await w.again(person)];
    const path = `/api/v1/sessions/${person.id}?except=current&wait=confirmed&timeout=3000`;
    const { json } = await w.call({ method: 'DELETE', path, headers: w.byHeader(laptop) });
    assert.deepEqual(json, { closed: 1, seq: await w.head(), ...all });
    await w.assertDead(phone);
    await w.assertLive(laptop);
  });

  it('a caller that goes away leaves nobody waiting, and the session is closed', async () => {
    const w = world();
    const name = newLogin();
    const reader = await follow(w, await w.serviceKey(name));
    await reader.next();
    const laptop = await w.person();
    const phone = await w.again(laptop);
    const gone = new AbortController();
    const path = `/api/v1/sessions/${laptop.id}/${laptop.sessionId}?wait=confirmed&timeout=10000`;
    const asking = fetch(`http://127.0.0.1:${w.port}${path}`, {
      method: 'DELETE',
      headers: w.byHeader(phone),
      signal: gone.signal,
    });
    await until(async () => (await w.session(laptop.sessionId))?.closeTime !== undefined);
    gone.abort();
    await assert.rejects(asking);
    await w.assertDead(laptop);
    reader.close();
    await untilGone(w, name);
  });
});

onEachStore('positions, whatever the clocks say', (world) => {
  const minute = 60_000;
  for (const [name, moves] of Object.entries({
    'ten minutes ahead and back': [10 * minute, -10 * minute],
    'ten minutes behind and back': [-10 * minute, 10 * minute],
    'an hour ahead and back': [60 * minute, -60 * minute],
    'an hour behind and back': [-60 * minute, 60 * minute],
  })) {
    it(`the server's clock goes ${name}`, async (t) => {
      const w = world();
      const { name: service, verifier } = await startVerifier(w, t);
      const laptop = await w.person();
      for (const move of [0, ...moves]) {
        w.clock.move(move);
        const proof = await w.login(laptop);
        const closed = { ...laptop, sessionId: proof.sessionId };
        const { seq, confirmed, pending } = await close(w, closed, await w.again(laptop));
        assert.deepEqual([confirmed, pending], [[service], []]);
        assert.ok(verifier.status().position >= seq);
        await assert.rejects(verifier.authenticate(proof.token, proof.credential), {
          code: 'INVALID_CREDENTIALS',
        });
      }
      // By a clock that is right again, what was closed while it was wrong stays so, and what is open works.
      const open = await w.login(laptop);
      assert.equal((await verifier.authenticate(open.token, open.credential)).sessionId, open.sessionId);
    });
  }
});

onEachStore(
  'what a close that waits refuses',
  (world) => {
    const anywhere = [
      `/api/v1/sessions/1/${'A'.repeat(22)}`,
      '/api/v1/sessions/1',
      `/auth/sessions/${'A'.repeat(22)}`,
      '/auth/sessions',
    ];
    const wrong = [
      'wait=',
      'wait=true',
      'wait=Confirmed',
      'timeout=100',
      'wait=confirmed&timeout=0',
      'wait=confirmed&timeout=-1',
      'wait=confirmed&timeout=10001',
      'wait=confirmed&timeout=1e3',
      'wait=confirmed&timeout=',
      'wait=confirmed&timeout=1&timeout=1',
      'wait=confirmed&wait=confirmed',
    ];
    it('anything but the word and a time within bounds, and then closes nothing', async () => {
      const w = world();
      const person = await w.person();
      const proof = await w.login(person);
      for (const query of wrong) {
        for (const path of [...anywhere, '/auth/logout']) {
          const own = path.replace('/1', `/${person.id}`).replace('A'.repeat(22), person.sessionId);
          const method = path === '/auth/logout' ? 'POST' : 'DELETE';
          const answer = await w.call({ method, path: `${own}?${query}`, headers: w.byProof(proof) });
          assertProblem(answer, 400, 'INVALID_DATA');
        }
      }
      await w.assertLive(person);
      await w.assertLive(proof);
    });

    const path = '/auth/revocations/report';
    run(world, [
      refused('a report without a service key', { method: 'POST', path, json: {} }, 'INVALID_CREDENTIALS'),
    ]);

    it('reports that are none', async () => {
      const w = world();
      const key = await w.serviceKey();
      const good = { verifier: newId(), log: 'x', position: 1 };
      assert.equal((await report(w, key, good)).status, 204);
      const session = [newId(), 1];
      for (const bad of [
        { verifier: 'x' },
        { position: -1 },
        { position: 1.5 },
        { position: '1' },
        { log: 1 },
        { staleness: 0 },
        { more: 1 },
        { sessions: {} },
        { sessions: [newId()] },
        { sessions: [['x', 1]] },
        { sessions: [[newId(), -1]] },
        { sessions: [[newId(), 1, 1]] },
        { sessions: Array.from({ length: 2001 }, () => session) },
      ]) {
        assertProblem(await report(w, key, { ...good, ...bad }), 400, 'INVALID_DATA');
      }
      for (const header of ['latchkey-verifier', 'latchkey-staleness']) {
        const headers = { authorization: `Bearer ${key}`, accept: 'application/json', [header]: 'x y' };
        assertProblem(
          await w.call({ method: 'GET', path: '/auth/revocations', headers }),
          400,
          'INVALID_DATA',
        );
      }
    });
  },
  { engines: ['sqlite'] },
);
