import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { SessionId } from '../../src/kernel/ids.ts';
import { openWorld } from '../support/world.ts';

test('while many uses are stored, everything else has its turn, and all are stored', async (t) => {
  const w = await openWorld({ engine: 'sqlite' });
  t.after(() => w.close());
  const anna = await w.person();
  const { uses, context } = w.app;
  const before = (await context.read.sessions.find(anna.sessionId))!.session.requestTime;
  for (let i = 0; i < 20_000; i += 1)
    uses.noteReported('orders', [[randomBytes(16).toString('base64url') as SessionId, 0]]);
  // The last one, so that it is stored only if all are.
  uses.noteReported('orders', [[anna.sessionId, -120_000]]);
  let stored = false;
  const flushed = uses.flush().then(() => {
    stored = true;
  });
  let turns = 0;
  while (!stored) {
    await turn();
    turns += 1;
  }
  await flushed;
  assert.ok(turns >= 30, `${turns} turns`);
  const { session } = (await context.read.sessions.find(anna.sessionId))!;
  assert.ok(session.requestTime > before, 'the use was not stored');
});
