import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runVerb } from '../e2e/support/server-process.ts';
import { assertKept } from './support/checker.ts';
import { full } from './support/full.ts';
import { closeUntilDone, closingBy, prepareScene, rateOfChecks, searchUntil } from './support/held-rows.ts';
import { allOf, now } from './support/history.ts';
import { end } from './support/people.ts';

/** For longer than verifiers go on without a heartbeat, and than anybody waits for a lock. Milliseconds. */
const held = full ? 20_000 : 5000;
/** For how long a rate is looked at where nothing is held. Milliseconds. */
const look = full ? 5000 : 700;
/** By then a request that waits for a lock is answered. Milliseconds. */
const longest = 8000;

it('locks and slow lists in PostgreSQL hold up neither checks nor heartbeats', async (t) => {
  const scene = await prepareScene(t);
  const { run, client, people } = scene;
  const { record, history, settings } = run;
  const [first, second] = [people[0]!, people[1]!];

  await t.test('a lock on the head of the log', async (t) => {
    const before = await rateOfChecks(scene, look);
    const free = await scene.hold('select from log_head for update');
    const stop = new AbortController();
    const closings = [
      ...people.flatMap((person) => person.closes.splice(0, 7).map((each) => closingBy(person, each))),
      ...scene.pairs.map((person) => closingBy(person, person.closes[0]!, true)),
    ].map((closing) => closeUntilDone(scene, closing, stop.signal));
    try {
      assert.equal(closings.length, 50);
      const during = await rateOfChecks(scene, held);
      await free();
      await Promise.all(closings);
      const after = await rateOfChecks(scene, look);
      t.diagnostic(`${before} checks a second before, ${during} while it was held, ${after} after`);
      assert.ok(during >= Math.min(before, after) / 2, `${before}, ${during}, ${after}`);
    } finally {
      stop.abort();
    }
    const ends = allOf(history, 'end');
    assert.equal(ends.filter(({ answer }) => answer === 'done').length, 50);
    assert.deepEqual(
      ends.filter((each) => each.end - each.start > longest),
      [],
    );
    assert.ok(allOf(history, 'check').every(({ answer }) => answer !== 'unavailable'));
  });

  await t.test('a lock on the sessions of one account', async (t) => {
    const free = await scene.hold(`select from sessions where account_id = ${first.userId} for update`);
    const own = first.closes.map((each) => end(client, closingBy(first, each), record));
    await sleep(50);
    const began = now();
    const others = second.closes.map((each) => end(client, closingBy(second, each), record));
    assert.deepEqual(new Set(await Promise.all(others)), new Set(['done']));
    const took = now() - began;
    t.diagnostic(`others closed theirs within ${Math.round(took)} ms`);
    assert.ok(took < 1500, `${took}`);
    assert.deepEqual(new Set(await Promise.all(own)), new Set(['unavailable']));
    await free();
    for (const each of first.closes) await closeUntilDone(scene, closingBy(first, each));
  });

  await t.test('slow searches and an export', async (t) => {
    await scene.fillAccounts();
    const before = await rateOfChecks(scene, look);
    const stop = new AbortController();
    const searches = Array.from({ length: 50 }, () => searchUntil(scene, stop.signal));
    const exporting = runVerb(['accounts', 'export'], settings).catch(() => {});
    try {
      const during = await rateOfChecks(scene, look);
      t.diagnostic(`${before} checks a second before, ${during} meanwhile`);
      // PostgreSQL and the export need the processors as well.
      assert.ok(during >= before / 5, `${before}, ${during}`);
    } finally {
      stop.abort();
    }
    const answers = new Set((await Promise.all(searches)).flat());
    assert.ok(
      [...answers].every((status) => status === 200 || status === 503),
      `${[...answers]}`,
    );
    await exporting;
    assert.ok(allOf(history, 'check').every(({ answer }) => answer !== 'unavailable'));
  });

  await t.test('a lock on all accounts, as ALTER TABLE takes it', async () => {
    const free = await scene.hold('lock table accounts in access exclusive mode');
    const since = now();
    await rateOfChecks(scene, held);
    await free();
    const checks = allOf(history, 'check').filter(({ node, start }) => node === 'server' && start > since);
    assert.deepEqual([...new Set(checks.map(({ answer }) => answer))], ['unavailable']);
    assert.ok(checks.every((check) => check.end - check.start < longest));
  });

  await sleep(500);
  await run.readLog();
  await run.verifiers.status();
  assertKept(history);
  const asked = allOf(history, 'check').filter(({ node }) => node === 'verifier');
  assert.ok(asked.length > 100);
  const unavailable = asked.filter(({ answer }) => answer === 'unavailable');
  assert.deepEqual(unavailable, []);
  assert.equal(scene.server.stderr(), '');
});
