import type { Context } from '../context.ts';
import { against, type Figure } from '../figures/figure.ts';
import { playRounds, rateOf } from '../figures/rounds.ts';
import type { LoadJob } from '../load/loader.ts';
import type { Latchkey } from '../server/latchkey.ts';

/** Requests that hash a password, kept in flight: enough that the hasher never waits, few enough that its queue never refuses. */
export const HASHES_IN_FLIGHT = 4;

/** Requests that each hash a password, against nothing but the hashing, on the same core and as many threads. */
export async function playAgainstArgon2(
  context: Context,
  figure: string,
  wanted: number,
  jobOf: (ours: Latchkey, durationMs: number) => LoadJob,
): Promise<Figure[]> {
  // A hash takes 25 ms or more: a round needs some time to hold enough of them.
  const durationMs = context.options.roundMs * 2;
  const ours = await context.latchkey();
  const threads = ours?.hashThreads ?? 1;
  const bare = context.peer('argon2.ts', { THREADS: String(threads) });
  await bare.message();
  const rates = await playRounds(context.options.rounds, {
    ours: ours && context.load(ours.pid, () => jobOf(ours, durationMs)),
    bare: () => rateOf(bare.pid, () => bare.ask<{ count: number; perSecond: number }>(durationMs)),
  });
  await bare.stop();
  const peer = `argon2id, ${threads} thread${threads === 1 ? '' : 's'}`;
  return [against(figure, '/s', rates.ours, peer, rates.bare!, wanted)];
}
