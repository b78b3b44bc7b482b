import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertKept } from './support/checker.ts';
import { full } from './support/full.ts';
import { allOf, now } from './support/history.ts';
import { movable } from './support/movable.ts';
import { end, plainClosingOf, signUp } from './support/people.ts';
import { prepareRun } from './support/run.ts';
import { askServer, type Held } from './support/server-checks.ts';

/** How long an entry is kept, in minutes: then the server may forget it, and a reader that begins later never hears of it. */
const life = 62;

/** By how many minutes the clock of the server leaps, and that of the services. A token lives for an hour: 70 are more. */
type Leap = readonly [server: number, services: number];
const leaps: readonly Leap[] = full
  ? [
      [70, 0],
      [0, 70],
      ...[-60, -10, 10, 60].flatMap((by): Leap[] => [
        [by, 0],
        [0, by],
        [by, -by],
      ]),
    ]
  : [
      [-60, 0],
      [70, 0],
      [0, -60],
      [0, 70],
      [10, -10],
    ];

describe('clocks that are apart', { concurrency: 3 }, () => {
  for (const [server, services] of leaps) {
    const whose = server === 0 ? `those of services by ${services}` : `that of the server by ${server}`;
    const both = server * services === 0 ? whose : `${whose} minutes, those of services by ${services}`;
    it(`${both} minutes, change no verdict about what was closed`, async (t) => {
      const clocks = [movable(t), movable(t)] as const;
      const run = await prepareRun(t, {
        settings: { LATCHKEY_SESSION_IDLE: '7d' },
        server: clocks[0].env,
        env: clocks[1].env,
      });
      const { record, verifiers, history, issuer, serviceKey, settings } = run;
      const { client } = await run.serve();
      const port = Number(settings.PORT);
      const nodes: string[] = [];
      const begin = async (node: string) => {
        const ports = { feed: port, questions: port };
        verifiers.begin({ node, issuer, serviceKey, maxStaleness: 4000, onStale: 'reject', ports });
        await verifiers.ready(node);
        nodes.push(node);
      };
      await begin('before');
      const people = await Promise.all([1, 2, 3].map(() => twoSessions(client)));
      // A token of another time is no proof, so it takes no part in closing.
      const close = async ({ userId, keeps, closes }: TwoSessions) => {
        await end(client, plainClosingOf(closes, keeps, userId), record);
        await askServer(client, closes, 'current', record);
        await askServer(client, closes, 'who-am-i', record);
      };
      const shown = people.flatMap(({ keeps, closes }) => [keeps, closes]);
      for (const held of shown) verifiers.show(held);
      const leap = async (byServer: number, byServices: number, back: boolean) => {
        const start = now();
        // Who sees its own clock leap ahead may have slept, and has to hear of the server first.
        for (const node of [...nodes, ...(back ? ['server'] : [])]) {
          record({ what: 'network', node, state: 'poor', at: start });
        }
        clocks[0].move(byServer);
        clocks[1].move(byServices);
        await sleep(300);
        for (const node of nodes) record({ what: 'network', node, state: 'good', at: now() });
        if (!back) return;
        // Tokens from before the server's clock was set back may have to be made anew, from now on.
        await sleep(2500);
        const tokens = shown.map(({ token }) => token);
        record({ what: 'end', way: 'change', session: '', tokens, start, end: now(), answer: 'lost' });
        record({ what: 'network', node: 'server', state: 'good', at: now() });
        for (const person of people) await renew(person);
      };
      const renew = async (person: TwoSessions) => {
        verifiers.hide(person.keeps.token);
        person.keeps = await person.newToken();
        shown.push(person.keeps);
        verifiers.show(person.keeps);
      };
      await close(people[0]!);

      // The clocks leap, and what is closed then is refused as ever; by one who comes later, too.
      await leap(server, services, server < 0);
      if (server > 0) for (const person of people) await renew(person);
      await close(people[1]!);
      if (server < life) await begin('during');
      await sleep(2500);
      // They leap back: nothing that was refused is taken again.
      await leap(0, 0, server > 0);
      await close(people[2]!);
      if (server < life) await begin('after');
      await sleep(2500);
      await run.readLog();
      await verifiers.status();

      // The time of a token is the server's: the clock of a service changes nothing about it.
      assertKept(history, { without: server === 0 ? [] : ['keepsTime'] });
      for (const { keeps, closes } of people) {
        assert.equal(await askServer(client, keeps, 'authenticate', record), 'accepted');
        for (const node of nodes) {
          const last = allOf(history, 'check').filter((check) => check.node === node);
          assert.equal(last.findLast(({ token }) => token === closes.token)?.answer, 'refused');
          assert.equal(last.findLast(({ token }) => token === keeps.token)?.answer, 'accepted');
        }
      }
    });
  }
});

describe('the limits of sessions', () => {
  it('hold by a clock that leaps: none lasts for ever, none ends twice or before its time', async (t) => {
    const clock = movable(t);
    const limits = { LATCHKEY_SESSION_IDLE: '2h', LATCHKEY_SESSION_ABSOLUTE: '4h' };
    const run = await prepareRun(t, { settings: limits, server: clock.env });
    const { client } = await run.serve();
    const { record, history } = run;
    const [used, unused] = [await twoSessions(client), await twoSessions(client)].map(({ keeps }) => keeps);
    const answers = async (...expected: string[]) => {
      for (const [i, held] of [used!, unused!].entries()) {
        if (expected[i] !== undefined) {
          assert.equal(await askServer(client, held, 'current', record), expected[i], `${i}`);
        }
      }
    };
    const leap = async (minutes: number) => {
      clock.move(minutes);
      await sleep(300);
    };
    /** How many entries tell of its end, when there are this many, or the sweep, every ten seconds, has passed twice. */
    const entriesAbout = async ({ session }: Held, expected: number) => {
      for (let tries = 0; ; tries += 1) {
        await run.readLog();
        // What was read before counts as well: by a clock that leaps the log soon forgets.
        const told = allOf(history, 'log').flatMap(({ entries }) =>
          entries.filter(({ sessions }) => sessions.includes(session)).map(({ seq }) => seq),
        );
        const found = new Set(told).size;
        if (found >= expected || tries > 100) return found;
        await sleep(200);
      }
    };
    for (const minutes of [60, -60, 10, -10]) {
      await leap(minutes);
      await answers('accepted');
    }
    await leap(90);
    await answers('accepted');
    // A use is stored within five seconds.
    await sleep(5500);
    await leap(130);
    await answers('accepted', 'refused');
    assert.equal(await entriesAbout(unused!, 1), 1);
    await leap(-60);
    await answers('accepted', 'refused');
    await leap(245);
    await answers('refused', 'refused');
    assert.equal(await entriesAbout(used!, 1), 1);
    await leap(0);
    await answers('refused', 'refused');
    assert.deepEqual([await entriesAbout(used!, 1), await entriesAbout(unused!, 1)], [1, 1]);
  });
});

interface TwoSessions {
  readonly userId: string;
  keeps: Held;
  readonly closes: Held;
  /** Another token of the session that is kept. */
  newToken(): Promise<Held>;
}

async function twoSessions(client: Parameters<typeof signUp>[0]): Promise<TwoSessions> {
  const { person, session } = await signUp(client);
  return {
    userId: person.userId,
    newToken: () => session.token(),
    keeps: await session.token(),
    closes: await (await person.signIn()).token(),
  };
}
