import { Unavailable } from '../errors.ts';
import type { Engine } from './engine.ts';
import { isReady } from './judge.ts';

/** Milliseconds. */
const readyTimeout = 30_000;
/** The longest time that a timer can be set to, in milliseconds. */
const maxTimer = 2 ** 31 - 1;

/**
 * Resolves when keys and the whole log are at hand. Throws `Unavailable` after `timeout` milliseconds, when the service
 * key is refused, and when the verifier is closed.
 */
export async function untilReady(engine: Engine, timeout = readyTimeout): Promise<void> {
  if (typeof timeout !== 'number' || !(timeout >= 0)) throw new TypeError('timeout must be milliseconds');
  const { waiters, follower, closing } = engine;
  const isSettled = () => isReady(engine) || follower.refused;
  const inTime = !closing.aborted && (await waiters.wait(isSettled, Math.min(timeout, maxTimer)));
  if (closing.aborted) throw new Unavailable('closed');
  if (inTime && isReady(engine)) return;
  throw new Unavailable(follower.refused ? 'service-key-refused' : 'ready-timeout');
}
