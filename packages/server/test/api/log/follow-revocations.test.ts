import assert from 'node:assert/strict';
import { it } from 'node:test';
import { grantRoles } from '../../../src/identity/roles/grant-roles.ts';
import { removeService } from '../../../src/log/services/remove-service.ts';
import { type FeedEntry, follow } from '../../support/feed.ts';
import { run, scenario } from '../../support/scenario.ts';
import { newLogin, onEachStore, type Person, type World } from '../../support/world.ts';

const feed = { method: 'GET', path: '/auth/revocations' };
const byKey = (key: string) => ({ authorization: `Bearer ${key}`, accept: 'application/json' });
const signOut = (w: World, person: Person) =>
  w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(person) });

interface Page {
  readonly snapshot: boolean;
  readonly from?: number;
  readonly position: number;
  readonly head: number;
  readonly time: number;
  readonly entries: readonly FeedEntry[];
}

async function poll(w: World, key: string, query = ''): Promise<Page> {
  const answer = await w.call({ ...feed, path: `${feed.path}${query}`, headers: byKey(key) });
  assert.equal(answer.status, 200, answer.text);
  return answer.json as unknown as Page;
}

onEachStore(
  'the feed needs a service key',
  (world) => {
    run(world, [
      ...Object.entries<(person: Person) => Record<string, string>>({
        nothing: () => ({}),
        'an unknown key': () => ({ authorization: `Bearer lks_${'A'.repeat(43)}` }),
        "somebody's session": ({ credential }) => ({ authorization: `Bearer ${credential}` }),
        "an admin's cookie": ({ credential }) => ({ cookie: `x-session-id=${credential}` }),
        'an empty key': () => ({ authorization: 'Bearer ' }),
        'a long key': () => ({ authorization: `Bearer ${'a'.repeat(8000)}` }),
        'another scheme': () => ({ authorization: 'Basic YTpi' }),
      }).map(([name, headers]) =>
        scenario({
          name,
          given: (w) => w.admin(),
          request: (person) => ({ ...feed, headers: headers(person) }),
          code: 'INVALID_CREDENTIALS',
        }),
      ),
      scenario({
        name: 'in the URL it is none',
        given: (w) => w.serviceKey(),
        request: (key) => ({ ...feed, path: `${feed.path}?key=${key}` }),
        code: 'INVALID_CREDENTIALS',
        afterwards: (key, answer) => assert.ok(!answer.text.includes(key)),
      }),
      scenario({
        name: 'of a service that was removed',
        given: async (w) => {
          const name = newLogin();
          const key = await w.serviceKey(name);
          await removeService(w.app.context, { name });
          return key;
        },
        request: (key) => ({ ...feed, headers: byKey(key) }),
        code: 'INVALID_CREDENTIALS',
      }),
      scenario({
        name: 'and opens nothing else',
        given: (w) => w.serviceKey(),
        request: (key) => ({ method: 'GET', path: '/api/v1/sessions', headers: byKey(key) }),
        code: 'SESSION_NOT_FOUND',
      }),
      ...['?after=-1', '?after=x', '?after=1.5', '?after=', '?after=1&after=2', '?from=1'].map((query) =>
        scenario({
          name: `and is refused with ${query}`,
          given: (w) => w.serviceKey(),
          request: (key) => ({ ...feed, path: `${feed.path}${query}`, headers: byKey(key) }),
          code: 'INVALID_DATA',
        }),
      ),
    ]);
  },
  { engines: ['sqlite'] },
);

onEachStore('polling the feed', (world) => {
  it('is JSON for a reader that asks for that and for no stream, in any spelling', async () => {
    const w = world();
    const authorization = `Bearer ${await w.serviceKey()}`;
    const asks = [
      'Application/JSON',
      'text/event-stream;q=0, application/json',
      'application/json;q=0.5, */*',
    ];
    for (const accept of asks) {
      const answer = await w.call({ ...feed, headers: { authorization, accept } });
      assert.match(answer.headers['content-type'] as string, /^application\/json/, accept);
    }
  });

  it('a snapshot first, then what came after the position', async () => {
    const w = world();
    const key = await w.serviceKey();
    const [anna, ben] = [await w.person(), await w.person()];
    await signOut(w, anna);
    const first = await poll(w, key);
    assert.equal(first.snapshot, true);
    assert.equal(first.position, first.head);
    assert.equal(first.head, await w.head());
    assert.deepEqual(first.entries.at(-1)!.subject, { session: anna.sessionId });
    const { time, ...nothing } = await poll(w, key, `?after=${first.position}`);
    assert.deepEqual(nothing, {
      snapshot: false,
      position: first.position,
      head: first.head,
      entries: [],
    });
    assert.ok(time >= first.time && time <= (await poll(w, key)).time);
    await signOut(w, ben);
    await grantRoles(w.app.context, { accountId: ben.id, roles: ['reader'] });
    const next = await poll(w, key, `?after=${first.position}`);
    assert.deepEqual(
      next.entries.map(({ seq, subject, action, reason }) => ({ seq, subject, action, reason })),
      [
        { seq: first.head + 1, subject: { session: ben.sessionId }, action: 'reject', reason: 'signout' },
        {
          seq: first.head + 2,
          subject: { user: Number(ben.id) },
          action: 'refresh',
          reason: 'roles-changed',
        },
      ],
    );
    for (const { at, expiresAt } of next.entries) {
      assert.ok(Math.abs(at - w.clock.now() / 1000) < 10);
      assert.ok(expiresAt >= at + 300 + 30, 'an entry outlives every token that it could refuse');
    }
    assert.ok(Math.abs(next.time - w.clock.now() / 1000) < 10);
  });

  it('a position that the log never reached gets a snapshot', async () => {
    const w = world();
    const page = await poll(w, await w.serviceKey(), '?after=999999999');
    assert.equal(page.snapshot, true);
    assert.equal(page.position, await w.head());
  });
});

onEachStore('the stream of the feed', (world) => {
  it('a snapshot, entries within a second of the answer, and heartbeats', async () => {
    const w = world();
    const key = await w.serviceKey();
    const [anna, ben] = [await w.person(), await w.person()];
    await signOut(w, ben);
    const reader = await follow(w, key);
    const { headers } = reader.message;
    assert.equal(headers['content-type'], 'text/event-stream; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-store, no-transform');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-security-policy']), /default-src 'none'/);
    assert.ok(headers['x-request-id']);
    const snapshot = await reader.next();
    assert.equal(snapshot.event, 'snapshot');
    assert.equal(snapshot.id, await w.head());
    assert.equal(snapshot.data.position, snapshot.id);

    await signOut(w, anna);
    const answered = performance.now();
    const { data, id } = await reader.next(({ event }) => event === 'entries');
    assert.ok(performance.now() - answered < 1000);
    assert.equal(id, await w.head());
    assert.deepEqual(
      data.entries!.map(({ subject }) => subject),
      [{ session: anna.sessionId }],
    );
    const beat = await reader.next(({ event }) => event === 'heartbeat');
    assert.equal(beat.data.head, id);
    assert.equal(beat.id, undefined, 'a heartbeat does not move the position to resume from');
    assert.ok(Math.abs(beat.data.time - w.clock.now() / 1000) < 10);
    reader.close();
  });

  it('resumes after Last-Event-ID without a gap or a repetition', async () => {
    const w = world();
    const key = await w.serviceKey();
    const people = [await w.person(), await w.person(), await w.person()];
    await signOut(w, people[0]!);
    const position = await w.head();
    await signOut(w, people[1]!);
    const reader = await follow(w, key, { 'last-event-id': String(position) }, '?after=0');
    const first = await reader.next();
    assert.equal(first.event, 'entries');
    assert.deepEqual(
      first.data.entries!.map(({ seq }) => seq),
      [position + 1],
    );
    await signOut(w, people[2]!);
    const second = await reader.next(({ event }) => event === 'entries');
    assert.deepEqual(
      second.data.entries!.map(({ seq }) => seq),
      [position + 2],
    );
    reader.close();
    const caughtUp = await follow(w, key, { 'last-event-id': String(await w.head()) });
    assert.equal((await caughtUp.next()).event, 'heartbeat', 'nothing new is said at once');
    caughtUp.close();
  });

  it('is cut when its service is removed, and others are not', async () => {
    const w = world();
    const name = newLogin();
    const gone = await follow(w, await w.serviceKey(name));
    const stays = await follow(w, await w.serviceKey());
    await Promise.all([gone.next(), stays.next()]);
    await removeService(w.app.context, { name });
    await gone.ended;
    await stays.next(({ event }) => event === 'heartbeat');
    stays.close();
  });

  it('all readers get the same entries in the same order while sessions end in parallel', async () => {
    const w = world();
    const key = await w.serviceKey();
    const readers = await Promise.all(Array.from({ length: 5 }, () => follow(w, key)));
    for (const reader of readers) await reader.next();
    const head = await w.head();
    const people = await Promise.all(Array.from({ length: 20 }, () => w.person()));
    await Promise.all(people.map((person) => signOut(w, person)));
    const expected = (await w.entriesSince(head)).map(({ seq }) => seq);
    for (const reader of readers) {
      const seen: number[] = [];
      while (seen.length < expected.length) {
        const { data } = await reader.next(({ event }) => event === 'entries');
        seen.push(...data.entries!.map(({ seq }) => seq));
      }
      assert.deepEqual(seen, expected);
      reader.close();
    }
  });
});
