import { Unavailable } from '../errors.ts';
import type { Engine } from './engine.ts';
import { isReady } from './judge.ts';

/** The default timeout, in milliseconds. */
const readyTimeout = 30_000;
/** The longest time of a timer, in milliseconds. */
const maxTimer = 2 ** 31 - 1;

/**
 * Resolves when the verifier has keys and the whole log. Throws `Unavailable` after `timeout` milliseconds, when the
 * service key is refused, and when the verifier is closed.
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
