import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { pruneMails } from '../../src/identity/mails/prune-mails.ts';
import { runInBatches } from '../../src/kernel/run-in-batches.ts';
import { forgetSessions } from '../../src/sessions/forget-sessions.ts';
import { openWorld } from '../support/world.ts';
import { full } from './support/full.ts';
import { measureTurns } from './support/turns.ts';

const count = full ? 200_000 : 20_000;
/** The most sessions and mails of one step, with a margin. */
const inOneStep = 900;
/** Of processor time, in milliseconds: of all turns but one, which may have collected garbage. */
const longestTurn = 20;

test('while very much is past its time, everything else has its turn, and all of it goes', async (t) => {
  const w = await openWorld({ engine: 'sqlite', env: { LATCHKEY_LOG_LEVEL: 'silent' } });
  t.after(() => w.close());
  const anna = await w.person();
  const { context, store, config } = w.app;
  const file = config.databaseUrl.slice('sqlite:'.length);
  insertOld(file, Number(anna.id));
  const before = pagesOf(file);

  let [turns, afterSessions, afterMails] = [0, 0, 0];
  let forgotten: number[] = [];
  const { busiest, second, longest } = await measureTurns(async () => {
    const working = forget().then((counts) => {
      forgotten = counts;
    });
    while (forgotten.length === 0) {
      await turn();
      turns += 1;
      if (turns % 50 === 0) await w.assertLive(anna);
    }
    await working;
  });
  async function forget() {
    const sessions = await forgetSessions(context);
    afterSessions = turns;
    const mails = await pruneMails(context);
    afterMails = turns;
    return [sessions, mails, await runInBatches(64, (pages) => store.giveBack(pages))];
  }
  const [sessions, mails, pages] = forgotten;
  assert.deepEqual([sessions, mails], [count, count]);
  assert.ok(pages! > count / 100, `${pages} pages were given back`);
  assert.ok(pagesOf(file) < before / 2, `${pagesOf(file)} of ${before} pages are left`);
  for (const steps of [afterSessions, afterMails - afterSessions])
    assert.ok(steps > count / inOneStep, `only ${steps} turns`);
  assert.ok(turns - afterMails > pages! / 300, `only ${turns - afterMails} turns`);
  t.diagnostic(
    `turns of ${second.toFixed(1)} ms, once ${busiest.toFixed(1)} ms, of processor time at most; ${longest.toFixed(0)} ms with all waits`,
  );
  if (full) assert.ok(second <= longestTurn, `turns took up to ${second} ms`);
});

function pagesOf(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const { page_count: pages } = database.prepare('pragma page_count').get()!;
  database.close();
  return Number(pages);
}

/** Sessions and mails that were over a year ago. */
function insertOld(file: string, account: number): void {
  const database = new DatabaseSync(file);
  const over = Date.now() - 365 * 86_400_000;
  const numbers = `with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < ${count})`;
  const id = 'lower(hex(randomblob(11)))';
  database.exec(`begin;
    insert into sessions (id, account_id, open_time, close_time, close_reason, request_time, expire_time, address, client, platform, auth_time, amr, data)
      ${numbers} select ${id}, ${account}, ${over} - i, ${over}, 'signout', ${over}, ${over}, '203.0.113.9', 'Firefox 140', 'Linux', ${over}, '["pwd"]', '{}' from numbers;
    insert into mails (id, kind, account_id, create_time, status, attempts, next_time, sent_time)
      ${numbers} select ${id}, 'new-device', ${account}, ${over} - i, 'sent', 1, ${over}, ${over} from numbers;
    commit;`);
  database.close();
}
