import assert from 'node:assert/strict';
import { it } from 'node:test';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

interface Page {
  readonly data: readonly { readonly id: string; readonly user_id: string; readonly active: boolean }[];
  readonly total?: number;
}

async function list(w: World, as: Person, path: string): Promise<Page> {
  const answer = await w.call({ method: 'GET', path: `/api/v1/sessions${path}`, headers: w.byHeader(as) });
  assert.equal(answer.status, 200, answer.text);
  return answer.json as unknown as Page;
}

const ids = ({ data }: Page) => data.map(({ id }) => id);

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

  it('of everybody are for admins, and are searched', async () => {
    const w = world();
    const root = await w.admin();
    const anna = await w.person({ name: 'Zoë 100%_\\ Émile' });
    const find = (text: string) => list(w, root, `?search=${encodeURIComponent(text)}`);
    for (const text of ['ZOË', 'émile', '100%_\\', anna.login.toUpperCase()]) {
      assert.deepEqual(ids(await find(text)), [anna.sessionId], text);
    }
    for (const text of ['%%', '_%', '\\\\', "' or 1=1 --", 'a\u0000b', '\uffff']) {
      assert.deepEqual(ids(await find(text)), [], JSON.stringify(text));
    }
    assert.ok(ids(await find('127.0.0.1')).length > 1);
    assert.deepEqual(ids(await list(w, root, `?user_id=${anna.id}`)), [anna.sessionId]);
    const all = await list(w, root, '?total=true');
    assert.ok(all.total! > 2);
    const none = await list(w, root, '?user_id=4503599627370497&total=true');
    assert.deepEqual(none, { data: [], total: 0 });
  });
});

const manyIds = Array.from({ length: 101 }, () => 'AAAAAAAAAAAAAAAAAAAAAA').join(',');
const junk = [
  'take=0',
  'take=101',
  'take=-1',
  'take=1.0',
  'take=1e1',
  'take=%2B1',
  'take=01',
  'take=',
  'take=ten',
  'take=1&take=1',
  'take[]=1',
  'skip=-1',
  'skip=9999999999999999',
  'total=1',
  'total=TRUE',
  'total=',
  'active=yes',
  'active=null',
  'from_time=yesterday',
  'from_time=2026-02-31',
  'from_time=2026-13-01',
  'from_time=2026-01-01T10:00',
  'from_time=1767225600000',
  'to_time=',
  'search=',
  `search=${'a'.repeat(129)}`,
  'ids=',
  'ids=a',
  'ids=AAAAAAAAAAAAAAAAAAAAAA,',
  `ids=${manyIds}`,
  'unknown=1',
  '__proto__=1',
  '__proto__[take]=1',
  'constructor=1',
  'user_id=1&user_id=2',
];

onEachStore(
  'lists refuse junk',
  (world) => {
    run(world, [
      ...junk.map((query) =>
        scenario({
          name: query.slice(0, 60),
          given: (w) => w.admin(),
          request: (root, w) => ({
            method: 'GET',
            path: `/api/v1/sessions?${query}`,
            headers: w.byHeader(root),
          }),
          code: 'INVALID_DATA',
        }),
      ),
      scenario({
        name: 'user_id=me',
        given: (w) => w.admin(),
        request: (root, w) => ({
          method: 'GET',
          path: '/api/v1/sessions?user_id=me',
          headers: w.byHeader(root),
        }),
        code: 'INVALID_DATA',
      }),
      scenario({
        name: "user_id beside the path's",
        given: (w) => w.person(),
        request: (person, w) => ({
          method: 'GET',
          path: `/api/v1/sessions/${person.id}?user_id=1`,
          headers: w.byHeader(person),
        }),
        code: 'INVALID_DATA',
      }),
      scenario({
        name: 'a body',
        given: (w) => w.admin(),
        request: (root, w) => ({
          method: 'GET',
          path: '/api/v1/sessions',
          headers: w.byHeader(root),
          json: { take: 1 },
        }),
        code: 'INVALID_DATA',
      }),
      scenario({
        name: 'whoever is no admin, also one who is named admin',
        given: (w) => w.person({ name: 'admin', login: 'admin' }),
        request: (person, w) => ({ method: 'GET', path: '/api/v1/sessions', headers: w.byHeader(person) }),
        code: 'NOT_IN_ROLE',
      }),
      refused('nobody', { method: 'GET', path: '/api/v1/sessions' }, 'NOT_SIGNED'),
    ]);
  },
  { engines: ['sqlite'] },
);
