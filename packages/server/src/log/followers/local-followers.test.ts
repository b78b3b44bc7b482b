import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../kernel/errors.ts';
import { LocalFollowers, mostFollowers } from './local-followers.ts';

const hear = (local: LocalFollowers, service: string, id: string, staleness = 60_000) =>
  local.hear({ service, id, kind: 'stream', staleness }, 1);

/** How many of these followers are refused. */
function refusedOf(local: LocalFollowers, services: number, count: number): number {
  let refused = 0;
  for (let i = 0; i < count; i += 1) {
    try {
      hear(local, `service ${i % services}`, `${i}`);
    } catch (error) {
      assert.equal((error as AppError).code, 'TOO_MANY_REQUESTS');
      refused += 1;
    }
  }
  return refused;
}

test('a hundred thousand followers of as many services: no more are remembered than may be', () => {
  const local = new LocalFollowers();
  assert.equal(refusedOf(local, 100_000, 100_000), 100_000 - mostFollowers.all);
  assert.equal(local.size, mostFollowers.all);
});

test('one service cannot take the room of others', () => {
  const local = new LocalFollowers();
  assert.equal(refusedOf(local, 1, 20_000), 20_000 - mostFollowers.ofService);
  hear(local, 'another', 'a');
  assert.equal(local.size, mostFollowers.ofService + 1);
});

test('those that are remembered are heard of however many there are, and make room when they go', () => {
  const local = new LocalFollowers();
  refusedOf(local, 2, 20_000);
  hear(local, 'service 0', '0');
  local.delete({ service: 'service 0', id: '0' });
  hear(local, 'service 0', 'new');
  assert.throws(() => hear(local, 'service 0', 'newer'), AppError);
});
