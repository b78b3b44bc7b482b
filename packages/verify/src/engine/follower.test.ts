import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../test/issuer.ts';
import { mint, newSession } from '../../test/mint.ts';
import { refused, start, startReady } from '../../test/start.ts';
import { feedTimes } from '../feed/feed.ts';
import { type SessionEnd, SessionEnded } from '../index.ts';

test('an end is told once, however often its entry comes', async (context) => {
  const ends: SessionEnd[] = [];
  const { issuer, verifier } = await startReady(context, { onSessionEnd: (end) => ends.push(end) });
  const first = issuer.append({ session: newSession().id });
  await until(() => verifier.status().position === 1);
  issuer.sendEntries([first]);
  const second = { ...first, seq: 2, subject: { session: newSession().id } };
  issuer.log.push(second);
  issuer.sendEntries([first, second, second]);
  const { log: entries, head } = issuer;
  issuer.send('snapshot', { from: 0, position: head, head, time: issuer.now(), entries });
  const third = issuer.append({ user: 7 }, 'reject', 390, { sessions: [newSession().id] });
  issuer.sendEntries([third]);
  // The order of messages is kept: what comes now is handled after them.
  const last = issuer.append({ session: newSession().id });
  await until(() => verifier.status().position === last.seq);
  assert.deepEqual(
    ends.map(({ seq }) => seq),
    [1, 2, 3, 4],
  );
});

test('nor twice when another log begins with it', async (context) => {
  const ends: string[] = [];
  const { issuer, verifier } = await startReady(
    context,
    { onSessionEnd: ({ sessionId }) => void ends.push(sessionId) },
    (before) => {
      before.logName = 'first';
    },
  );
  const [old, newer, last] = [newSession().id, newSession().id, newSession().id];
  const known = [issuer.append({ session: old }), issuer.append({ session: newer })];
  await until(() => verifier.status().position === 2);
  // The same entries, and nothing new, at other positions.
  issuer.logName = 'second';
  issuer.from = 1;
  issuer.log = known.map((entry) => ({ ...entry, seq: entry.seq + 1 }));
  issuer.cut();
  await until(() => verifier.status().position === 3);
  issuer.sendEntries(issuer.log);
  issuer.append({ session: last });
  await until(() => verifier.status().position === 4);
  assert.deepEqual(ends, [old, newer, last]);
});

test('another log, with lower positions, tells of its ends; of other sessions nobody knows', async (context) => {
  const ends: string[] = [];
  const { issuer, verifier } = await startReady(
    context,
    { onSessionEnd: ({ sessionId }) => void ends.push(sessionId) },
    (before) => {
      before.logName = 'first';
      before.from = 5;
    },
  );
  const [old, watched] = [newSession().id, issuer.session()];
  issuer.append({ session: old });
  await until(() => verifier.status().position === 6);
  const { signal } = await verifier.authenticate(watched.token, watched.credential);
  const anew = [newSession().id, newSession().id];
  issuer.logName = 'second';
  issuer.from = 0;
  issuer.log = [];
  issuer.append({ session: anew[0]! });
  issuer.cut();
  await until(() => verifier.status().position === 1);
  issuer.append({ session: anew[1]! });
  await until(() => verifier.status().position === 2);
  assert.deepEqual(ends, [old, ...anew]);
  assert.ok(signal.reason instanceof SessionEnded);
  assert.equal(signal.reason.reason, 'unknown');
});

test('what comes before a gap in a message is applied and told, and the rest when it has resumed', async (context) => {
  const ends: number[] = [];
  const { issuer, verifier } = await startReady(context, { onSessionEnd: ({ seq }) => void ends.push(seq) });
  const first = issuer.append({ session: newSession().id });
  await until(() => verifier.status().position === 1);
  const [second, third] = [2, 3].map((seq) => ({ ...first, seq, subject: { session: newSession().id } }));
  issuer.sendEntries([second!, { ...third!, seq: 4 }]);
  await until(() => !verifier.status().connected);
  assert.deepEqual([verifier.status().position, ends], [2, [1, 2]]);
  issuer.log.push(second!, third!);
  await until(() => verifier.status().position === 3);
  assert.deepEqual(ends, [1, 2, 3]);
});

test('says which log its place is in, and of another one that it has none', async (context) => {
  const { issuer, verifier } = await startReady(context, {}, (before) => {
    before.logName = 'first';
    before.append({ session: newSession().id });
  });
  const asked = () => {
    const { headers } = issuer.requests.findLast(({ url }) => url === '/auth/revocations')!;
    return [headers['last-event-id'], headers['latchkey-log']];
  };
  const again = async (cause: () => void) => {
    const before = issuer.paths('/auth/revocations');
    cause();
    await until(() => issuer.paths('/auth/revocations') > before && verifier.status().connected);
    return asked();
  };
  assert.deepEqual(asked(), [undefined, undefined]);
  assert.deepEqual(await again(() => issuer.cut()), ['1', 'first']);
  // A heartbeat names another log.
  const renamed = await again(() => {
    issuer.logName = 'second';
  });
  assert.deepEqual(renamed, [undefined, 'first']);
  assert.deepEqual(await again(() => issuer.cut()), ['1', 'second']);
});

test('tokens of a key that must be renewed are stale, and the key goes on signing', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  await verifier.authenticate(session.token, session.credential);
  const { seq } = issuer.append({ key: 'key-1' }, 'refresh');
  await until(() => verifier.status().position === seq);
  await refused(verifier.authenticate(session.token, session.credential), 'refreshed');
  const renewed = mint(issuer.key, session, issuer.url, { rev: seq });
  await verifier.authenticate(renewed, session.credential);
});

test('a service key that was refused and is taken now is no reason any more', async (context) => {
  const { issuer, verifier } = await start(context, { onStale: 'reject', maxStaleness: 200 }, (before) => {
    before.overrides.set('/auth/revocations', (_, response) =>
      response.writeHead(401, { 'content-type': 'application/problem+json' }).end(),
    );
  });
  const { token, credential } = issuer.session();
  await refused(verifier.ready(), 'service-key-refused');
  issuer.overrides.clear();
  await sleep(feedTimes.retryRefused);
  await until(() => verifier.status().ready);
  await verifier.authenticate(token, credential);
  await issuer.stop();
  await until(() => verifier.status().staleness > 200);
  await refused(verifier.authenticate(token, credential), 'stale');
});

for (const status of [401, 403]) {
  test(`a gateway that answers ${status} itself is an outage, and not told as a wrong key`, async (context) => {
    const warnings: string[] = [];
    const logger = { info: () => {}, warn: (message: string) => void warnings.push(message) };
    const { issuer, verifier } = await start(context, { logger }, (before) => {
      before.overrides.set('/auth/revocations', (_, response) =>
        response.writeHead(status, { 'www-authenticate': 'Basic' }).end('<h1>Who are you?</h1>'),
      );
    });
    const ready = verifier.ready();
    await until(() => verifier.status().failure !== undefined);
    assert.deepEqual(warnings, [
      `latchkey: lost the revocation feed: unexpected answer, status ${status}. Trying again.`,
    ]);
    issuer.overrides.clear();
    await ready;
  });
}
