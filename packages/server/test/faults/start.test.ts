import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertKept } from './support/checker.ts';
import { allOf, now, type Operation } from './support/history.ts';
import { closingOf, end, plainClosingOf, signUp } from './support/people.ts';
import { prepareRun } from './support/run.ts';
import { startProxy } from './support/tcp-proxy.ts';

const settings = { maxStaleness: 4000, onStale: 'reject' } as const;

describe('a verifier that begins', { concurrency: true }, () => {
  it('before its server accepts nothing, refuses nothing, and is ready by itself when the server comes', async (t) => {
    const run = await prepareRun(t);
    const { record, verifiers, history, issuer, serviceKey } = run;
    const first = await run.serve();
    const { person, session } = await signUp(first.client);
    const [open, closed] = [await session.token(), await (await person.signIn()).token()];
    await end(first.client, closingOf(closed, open, person.userId), record);
    record({ what: 'network', node: 'server', state: 'cut', at: now() });
    await first.end('SIGTERM');

    const port = Number(run.settings.PORT);
    for (const onStale of ['reject', 'introspect'] as const) {
      const ports = { feed: port, questions: port };
      verifiers.begin({ node: onStale, issuer, serviceKey, maxStaleness: 4000, onStale, ports });
    }
    verifiers.show(open);
    verifiers.show(closed);
    await sleep(1500);
    const { reject, introspect } = await verifiers.status();
    assert.deepEqual([reject!.ready, introspect!.ready], [false, false]);
    const before = allOf(history, 'check').filter(({ node }) => node !== 'server');
    assert.ok(before.length > 10);
    assert.deepEqual(new Set(before.map(({ answer }) => answer)), new Set(['unavailable']));

    // It answers a moment before the test knows.
    const nodes = ['reject', 'introspect'];
    for (const node of nodes) record({ what: 'network', node, state: 'poor', at: now() });
    await run.serve();
    for (const node of nodes) {
      record({ what: 'network', node, state: 'good', at: now() });
      await verifiers.ready(node);
    }
    await sleep(1000);
    await verifiers.status();
    await run.readLog();
    const cut = history.filter(({ what }) => what === 'start').map((start) => cutFromStart(start));
    assertKept([...cut.flat(), ...history]);
    const after = (token: string) =>
      allOf(history, 'check').findLast((check) => check.token === token)?.answer;
    assert.deepEqual([after(open.token), after(closed.token)], ['accepted', 'refused']);
  });

  it('with keys and without the log accepts nothing', async (t) => {
    const run = await prepareRun(t);
    const { verifiers, history, issuer, serviceKey } = run;
    const { client } = await run.serve();
    const { session } = await signUp(client);
    const held = await session.token();
    const feed = await startProxy(Number(run.settings.PORT));
    t.after(() => feed.close());
    // All that is sent down comes, but for what holds the log.
    feed.set({ kind: 'lose-log' });
    const ports = { feed: feed.port, questions: feed.port };
    verifiers.begin({ node: 'v', issuer, serviceKey, ...settings, ports });
    verifiers.show(held);
    await sleep(1500);
    assert.equal((await verifiers.status()).v!.ready, false);
    const said = allOf(history, 'check').filter(({ node }) => node === 'v');
    assert.ok(said.length > 5);
    assert.deepEqual(new Set(said.map(({ answer }) => answer)), new Set(['unavailable']));
    assert.ok(said.some(({ reason }) => reason === 'not-ready'));
    // Nothing in the middle of a connection gets lost in truth, so it is not looked for: a new one brings it.
    feed.set({ kind: 'cut' });
    feed.set({ kind: 'none' });
    await verifiers.ready('v');
  });

  it('again, when its place in the log was pruned while it was away, begins with what is left', async (t) => {
    const run = await prepareRun(t);
    const { record, verifiers, history, issuer, serviceKey } = run;
    const { client } = await run.serve();
    const feed = await startProxy(Number(run.settings.PORT));
    t.after(() => feed.close());
    const ports = { feed: feed.port, questions: feed.port };
    verifiers.begin({ node: 'v', issuer, serviceKey, ...settings, ports });
    await verifiers.ready('v');
    const { person, session } = await signUp(client);
    const open = await session.token();
    const [early, late] = [await (await person.signIn()).token(), await (await person.signIn()).token()];
    for (const held of [open, early, late]) verifiers.show(held);

    record({ what: 'network', node: 'v', state: 'cut', at: now() });
    feed.set({ kind: 'cut' });
    const close = (held: typeof early) => end(client, plainClosingOf(held, open, person.userId), record);
    await close(early);
    verifiers.hide(early.token);
    verifiers.hide(open.token);
    prune(run.databaseUrl);
    // Tokens from before are made anew, as if they had ended.
    const renewed = await session.token();
    verifiers.show(renewed);
    await close(late);
    await sleep(300);
    feed.set({ kind: 'none' });
    record({ what: 'network', node: 'v', state: 'good', at: now() });
    await sleep(settings.maxStaleness + 2000);
    await run.readLog();
    const { position, connected } = (await verifiers.status()).v!;
    assert.deepEqual([position, connected], [2, true]);
    // The entry about the first is gone as if its tokens had ended: nobody tells of it, and its tokens are not shown.
    const without = ['hasOneEntryForEachEnd', 'tellsOfEveryEnd'] as const;
    assertKept(history, { without });
    const last = allOf(history, 'check').filter(({ node }) => node === 'v');
    assert.equal(last.findLast(({ token }) => token === late.token)?.answer, 'refused');
    assert.equal(last.findLast(({ token }) => token === renewed.token)?.answer, 'accepted');
  });
});

/** As the server does it when entries have expired. */
function prune(databaseUrl: string): void {
  const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length));
  database.exec('begin immediate; update log_head set pruned = head; delete from log_entries; commit');
  database.close();
}

/** A verifier is not reached before its server is. */
function cutFromStart(start: Operation): Operation[] {
  if (start.what !== 'start' || start.kind === 'server') return [];
  return [{ what: 'network', node: start.node, state: 'cut', at: start.at }];
}
