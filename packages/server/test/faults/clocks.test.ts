import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { newFolder } from '../e2e/support/server-process.ts';
import { assertKept } from './support/checker.ts';
import { full } from './support/full.ts';
import { allOf } from './support/history.ts';
import { end, plainClosingOf, signUp } from './support/people.ts';
import { prepareRun } from './support/run.ts';
import { askServer, type Held } from './support/server-checks.ts';

const shim = pathToFileURL(join(import.meta.dirname, 'support/moved-clock.ts')).href;
const minute = 60_000;
const shifts = full ? [-60, -10, 10, 60, 70] : [-60, 10, 70];
/** How long an entry is kept, in minutes: then the server may forget it, and whoever begins later never hears of it. */
const life = 62;

describe('clocks that are apart', { concurrency: true }, () => {
  for (const minutes of shifts) {
    it(`by ${minutes} minutes change no verdict about what was closed`, async (t) => {
      const folder = newFolder();
      t.after(() => folder.remove());
      const file = join(folder.path, 'offset');
      const moveServer = (milliseconds: number) => writeFileSync(file, String(milliseconds));
      moveServer(0);
      const env = { NODE_OPTIONS: `--import=${shim}`, TEST_CLOCK_FILE: file };
      const run = await prepareRun(t, { settings: { LATCHKEY_SESSION_IDLE: '7d' }, server: env });
      const { record, verifiers, history, issuer, serviceKey, settings } = run;
      const { client } = await run.serve();
      const port = Number(settings.PORT);
      const begin = async (node: string) => {
        const ports = { feed: port, questions: port };
        verifiers.begin({ node, issuer, serviceKey, maxStaleness: 4000, onStale: 'reject', ports });
        await verifiers.ready(node);
      };
      await begin('before');
      const people = await Promise.all([1, 2, 3].map(() => twoSessions(client)));
      // A token of another time is no proof, so it takes no part in closing.
      const close = async ({ userId, keeps, closes }: TwoSessions) => {
        await end(client, plainClosingOf(closes, keeps, userId), record);
        await askServer(client, closes, 'current', record);
        await askServer(client, closes, 'who-am-i', record);
      };
      for (const { keeps, closes } of people) for (const held of [keeps, closes]) verifiers.show(held);
      await close(people[0]!);

      // The clock leaps, and what is closed then is refused as ever; by one who comes later, too.
      moveServer(minutes * minute);
      await sleep(300);
      await close(people[1]!);
      if (minutes < life) await begin('during');
      await sleep(2500);
      // It leaps back: nothing that was refused is taken again.
      moveServer(0);
      await sleep(300);
      await close(people[2]!);
      if (minutes < life) await begin('after');
      await sleep(2500);
      await run.readLog();
      await verifiers.status();

      assertKept(history, { without: ['keepsTime'] });
      for (const { keeps, closes } of people) {
        assert.equal(await askServer(client, keeps, 'authenticate', record), 'accepted');
        for (const node of minutes < life ? ['before', 'during', 'after'] : ['before']) {
          const last = allOf(history, 'check').filter((check) => check.node === node);
          assert.equal(last.findLast(({ token }) => token === closes.token)?.answer, 'refused');
          assert.equal(last.findLast(({ token }) => token === keeps.token)?.answer, 'accepted');
        }
      }
    });
  }
});

interface TwoSessions {
  readonly userId: string;
  readonly keeps: Held;
  readonly closes: Held;
}

async function twoSessions(client: Parameters<typeof signUp>[0]): Promise<TwoSessions> {
  const { person, session } = await signUp(client);
  return {
    userId: person.userId,
    keeps: await session.token(),
    closes: await (await person.signIn()).token(),
  };
}
