import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../test/issuer.ts';
import { newSession } from '../../test/mint.ts';
import { startReady } from '../../test/start.ts';
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
