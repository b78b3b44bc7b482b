import assert from 'node:assert/strict';
import { it } from 'node:test';
import { refused, run, scenario } from '../../support/scenario.ts';
import { idsOf as ids, listSessions as list } from '../../support/sessions.ts';
import { onEachStore } from '../../support/world.ts';

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
  'total=2',
  'total=01',
  'active=1',
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

onEachStore('lists of sessions', (world) => {
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
    await w.person();
    assert.ok(ids(await find('127.0.0.1')).length > 1);
    assert.deepEqual(ids(await list(w, root, `?user_id=${anna.id}`)), [anna.sessionId]);
    const all = await list(w, root, '?total=true');
    assert.ok(all.total! > 2);
    assert.equal((await list(w, root, '?total=1&paging=1')).total, all.total);
    for (const query of ['', '?total=0', '?total=false', '?paging=1']) {
      assert.equal('total' in (await list(w, root, query)), false, query);
    }
    const none = await list(w, root, '?user_id=4503599627370497&total=true');
    assert.deepEqual(none, { data: [], total: 0 });
  });
});

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
        name: 'an account that is no admin, also one that is named admin',
        given: (w) => w.person({ name: 'admin', login: 'admin' }),
        request: (person, w) => ({ method: 'GET', path: '/api/v1/sessions', headers: w.byHeader(person) }),
        code: 'NOT_IN_ROLE',
      }),
      refused('nobody', { method: 'GET', path: '/api/v1/sessions' }, 'NOT_SIGNED'),
    ]);
  },
  { engines: ['sqlite'] },
);
