import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertKept } from './support/checker.ts';
import { allOf, now, type Of } from './support/history.ts';
import { end, plainClosingOf, signUp } from './support/people.ts';
import { prepareRun } from './support/run.ts';
import type { Held } from './support/server-checks.ts';
import { startProxy } from './support/tcp-proxy.ts';

describe('an entry of the log', { concurrency: true }, () => {
  it('is told once, however often it comes', async (t) => {
    const { run, feed, device, close, told } = await begin(t);
    const { record, history } = run;
    const [twice, before, missed, after] = [await device(), await device(), await device(), await device()];
    record({ what: 'network', node: 'v', state: 'poor', at: now() });
    feed.set({ kind: 'duplicate' });
    await close(twice);
    await told(twice);
    feed.set({ kind: 'none' });
    await close(before);
    await told(before);
    feed.set({ kind: 'cut' });
    await close(missed);
    // A proxy that drops header fields: the log comes from its start, with what the verifier has.
    feed.set({ kind: 'forget-place' });
    await told(missed);
    feed.set({ kind: 'none' });
    record({ what: 'network', node: 'v', state: 'good', at: now() });
    await close(after);
    await told(after);
    await run.readLog();
    assertKept(history);
    assert.deepEqual(
      allOf(history, 'told').map(({ session }) => session),
      [twice, before, missed, after].map(({ session }) => session),
    );
  });

  it('holds until the last token that it concerns has expired', async (t) => {
    const { run, server, admin, userId, device, close, told } = await begin(t);
    const { record, history } = run;
    const [closed, changed, late] = [await device(), await device(), await device()];
    const headers = { 'x-session-id': admin.credential };
    const json = { roles: ['auditor'] };
    const request = { method: 'POST', path: `/api/v1/roles/${userId}/grant`, headers, json };
    const tokens = [changed.token, late.token];
    await end(server.client, { way: 'change', session: changed.session, tokens, request }, record);
    await close(closed);
    const last = ({ token }: Held, since = 0) =>
      allOf(history, 'check').findLast((check: Of<'check'>) => check.token === token && check.start > since)
        ?.answer;
    const answers = (since?: number) => [last(closed, since), last(changed, since)];
    await run.until(() => answers().join() === 'refused,stale', 'both are refused');
    // A verifier forgets with the messages that come. After this time the next one would end what is kept for two
    // seconds, which are rounded up.
    await sleep(3500);
    await close(late);
    await told(late);
    const heard = now();
    await run.until(() => !answers(heard).includes(undefined), 'both are shown again');
    await run.readLog();
    assertKept(history);
    assert.deepEqual(answers(heard), ['refused', 'stale']);
  });
});

/** A person, and a verifier that follows the log through a proxy and forgets as early as it may. */
async function begin(t: TestContext) {
  const run = await prepareRun(t);
  const { record, verifiers, issuer, serviceKey, settings } = run;
  const server = await run.serve();
  const admin = await run.makeAdmin(server);
  const feed = await startProxy(Number(settings.PORT));
  t.after(() => feed.close());
  const ports = { feed: feed.port, questions: feed.port };
  const how = { maxStaleness: 4000, onStale: 'reject', clockSkew: 0 } as const;
  verifiers.begin({ node: 'v', issuer, serviceKey, ...how, ports });
  await verifiers.ready('v');
  const { person, session } = await signUp(server.client);
  const own = await session.token();
  return {
    run,
    server,
    admin,
    feed,
    userId: person.userId,
    /** A further session, whose token is shown from now on. */
    async device(): Promise<Held> {
      const held = await (await person.signIn()).token();
      verifiers.show(held);
      return held;
    },
    close: (held: Held) => end(server.client, plainClosingOf(held, own, person.userId), record),
    /** Waits until the verifier has told of its end. */
    told: ({ session: id }: Held) =>
      run.until((history) => allOf(history, 'told').some((each) => each.session === id), `${id} is told`),
  };
}
