import assert from 'node:assert/strict';
import { refused, run, scenario } from '../../support/scenario.ts';
import { closeSession as close, sessionPeople as everybody } from '../../support/sessions.ts';
import { onEachStore, type Person } from '../../support/world.ts';

const nobody = '4503599627370497';

const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';

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
