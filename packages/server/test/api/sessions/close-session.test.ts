import assert from 'node:assert/strict';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

const close = (userId: string, sessionId: string) => ({
  method: 'DELETE',
  path: `/api/v1/sessions/${userId}/${sessionId}`,
});
const clear = (userId: string, query = '') => ({
  method: 'DELETE',
  path: `/api/v1/sessions/${userId}${query}`,
});
const nobody = '4503599627370497';
const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';

/** Anna with two more sessions, Ben, and an admin. */
async function everybody(w: World) {
  const anna = await w.person();
  const second = await w.again(anna);
  const third = await w.again(anna);
  return { anna, second, third, ben: await w.person(), root: await w.admin() };
}
type Everybody = Awaited<ReturnType<typeof everybody>>;

onEachStore('closing a session', (world) => {
  const ended =
    (who: (all: Everybody) => Person, reason: string) =>
    (all: Everybody): { session: string; reason: string }[] => [{ session: who(all).sessionId, reason }];
  run(world, [
    scenario({
      name: 'the owner closes another of theirs',
      given: everybody,
      request: ({ anna, second }, w) => ({ ...close(anna.id, second.sessionId), headers: w.byCookie(anna) }),
      body: ({ second }) => ({ id: second.sessionId, active: false, close_reason: 'closed' }),
      ends: ended(({ second }) => second, 'closed'),
      async afterwards({ anna, second, third }, answer, w) {
        assert.ok(Math.abs(Date.parse(String(answer.json.close_time)) - w.clock.now()) < 5000);
        await w.assertDead(second);
        await w.assertLive(anna);
        await w.assertLive(third);
      },
    }),
    scenario({
      name: 'by the credential in the place of the id',
      given: everybody,
      request: ({ anna, second }, w) => ({ ...close(anna.id, second.credential), headers: w.byHeader(anna) }),
      body: ({ second }) => ({ id: second.sessionId, active: false }),
      ends: ended(({ second }) => second, 'closed'),
    }),
    scenario({
      name: 'the owner closes the very one',
      given: everybody,
      request: ({ anna }, w) => ({ ...close(anna.id, anna.sessionId), headers: w.byHeader(anna) }),
      ends: ended(({ anna }) => anna, 'closed'),
      afterwards: ({ anna }, _answer, w) => w.assertDead(anna),
    }),
    scenario({
      name: 'an admin closes it',
      given: everybody,
      request: ({ anna, root }, w) => ({ ...close(anna.id, anna.sessionId), headers: w.byHeader(root) }),
      body: { close_reason: 'admin' },
      ends: ended(({ anna }) => anna, 'admin'),
      afterwards: ({ anna }, _answer, w) => w.assertDead(anna),
    }),
    scenario({
      name: 'a second time: the same answer and no second event',
      given: async (w) => {
        const all = await everybody(w);
        await w.call({ ...close(all.anna.id, all.second.sessionId), headers: w.byHeader(all.root) });
        return all;
      },
      request: ({ anna, second }, w) => ({ ...close(anna.id, second.sessionId), headers: w.byHeader(anna) }),
      body: { active: false, close_reason: 'admin' },
    }),
    scenario({
      name: "another account's session under one's own path",
      given: everybody,
      request: ({ anna, ben }, w) => ({ ...close(ben.id, anna.sessionId), headers: w.byHeader(ben) }),
      code: 'NOT_FOUND',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    scenario({
      name: "another account's session under an admin's path",
      given: everybody,
      request: ({ anna, root }, w) => ({ ...close(root.id, anna.sessionId), headers: w.byHeader(root) }),
      code: 'NOT_FOUND',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    scenario({
      name: "under another account's path",
      given: everybody,
      request: ({ anna, ben }, w) => ({ ...close(anna.id, anna.sessionId), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    ...[unknownId, 'junk', `${unknownId}.${'A'.repeat(43)}`, '..%2f..', '%00', 'a'.repeat(2000)].map((id) =>
      scenario({
        name: `the unknown session ${id.slice(0, 30)}`,
        given: (w) => w.person(),
        request: (person, w) => ({ ...close(person.id, id), headers: w.byHeader(person) }),
        code: 'NOT_FOUND',
      }),
    ),
    refused('nobody', close(nobody, unknownId), 'NOT_SIGNED'),
  ]);
});

onEachStore('closing all sessions of an account', (world) => {
  run(world, [
    scenario({
      name: 'the owner, with the very one',
      given: everybody,
      request: ({ anna }, w) => ({ ...clear(anna.id), headers: w.byHeader(anna) }),
      body: { closed: 3 },
      ends: ({ anna, second, third }) =>
        [anna, second, third].map(({ sessionId }) => ({ session: sessionId, reason: 'cleared' })),
      async afterwards({ anna, ben, root }, _answer, w) {
        await w.assertDead(anna);
        await w.assertLive(ben);
        await w.assertLive(root);
      },
    }),
    scenario({
      name: 'all others',
      given: everybody,
      request: ({ second, anna }, w) => ({
        ...clear(anna.id, '?except=current'),
        headers: w.byCookie(second),
      }),
      body: { closed: 2 },
      ends: ({ anna, third }) =>
        [anna, third].map(({ sessionId }) => ({ session: sessionId, reason: 'cleared' })),
      afterwards: ({ second }, _answer, w) => w.assertLive(second),
    }),
    scenario({
      name: 'an admin',
      given: everybody,
      request: ({ anna, root }, w) => ({ ...clear(anna.id, '?except=current'), headers: w.byHeader(root) }),
      body: { closed: 3 },
      ends: ({ anna, second, third }) =>
        [anna, second, third].map(({ sessionId }) => ({ session: sessionId, reason: 'admin' })),
    }),
    scenario({
      name: 'of nobody',
      given: everybody,
      request: ({ root }, w) => ({ ...clear(nobody), headers: w.byHeader(root) }),
      body: { closed: 0 },
    }),
    scenario({
      name: 'of somebody else',
      given: everybody,
      request: ({ anna, ben }, w) => ({ ...clear(anna.id), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    ...['?except=all', '?except=', '?except=current&except=current', '?scope=all', '?user_id=1'].map(
      (query) =>
        scenario({
          name: `with ${query}`,
          given: (w) => w.person(),
          request: (person, w) => ({ ...clear(person.id, query), headers: w.byHeader(person) }),
          code: 'INVALID_DATA',
          afterwards: (person, _answer, w) => w.assertLive(person),
        }),
    ),
    scenario({
      name: 'with the parameter in a body',
      given: (w) => w.person(),
      request: (person, w) => ({
        ...clear(person.id),
        headers: w.byHeader(person),
        json: { except: 'current' },
      }),
      code: 'INVALID_DATA',
      afterwards: (person, _answer, w) => w.assertLive(person),
    }),
    ...['me', 'current', '0', '-1', '1e3', '01', '9007199254740993', '%31', '..', 'A', '%00'].map((id) =>
      scenario({
        name: `of the account ${id}`,
        given: (w) => w.person(),
        request: (person, w) => ({ ...clear(id), headers: w.byHeader(person) }),
        code: id === '%31' ? 'NOT_OWNER' : 'NOT_FOUND',
        afterwards: (person, _answer, w) => w.assertLive(person),
      }),
    ),
    refused('nobody', clear(nobody), 'NOT_SIGNED'),
  ]);
});
