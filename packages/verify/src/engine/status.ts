import type { Engine } from './engine.ts';
import { isReady } from './judge.ts';

/** Figures of a verifier, for metrics and health checks. A position is -1 while there is none. */
export interface VerifierStatus {
  /** Whether the verifier has keys and a whole copy of the log; false after `close`. */
  readonly ready: boolean;
  /** Whether the feed is open. */
  readonly connected: boolean;
  /** Why it is not, in the words of the system, such as `certificate has expired`; undefined as long as it is. */
  readonly failure: string | undefined;
  /** The last entry of the revocation log that was applied. */
  readonly position: number;
  /** The last entry that the issuer has named. */
  readonly head: number;
  /** How many entries the verifier is behind. */
  readonly lag: number;
  /** Milliseconds since the verifier last knew the whole log; `Infinity` before the first time. */
  readonly staleness: number;
  /** About how many sessions, users, sites and keys it holds something. */
  readonly entries: number;
  /** Size of the table of ended sessions, in bytes. */
  readonly entriesBytes: number;
  /** Sessions whose `signal` is watched. */
  readonly signals: number;
  /** The cache of verified tokens. */
  readonly cache: { readonly size: number; readonly hits: number; readonly misses: number };
  /** Tokens that were got for a cookie without one: how many are held, and how many the issuer was asked for. */
  readonly cookies: { readonly size: number; readonly exchanges: number };
  /** Seconds by which the issuer's clock is ahead of this machine's. */
  readonly clockDifference: number;
}

/** The figures at this moment. */
export function statusOf(engine: Engine): VerifierStatus {
  const { cache, held, follower, closing } = engine;
  const { replica, freshness, signals, feed } = follower;
  const position = replica.position ?? -1;
  const head = freshness.head ?? -1;
  return {
    ready: !closing.aborted && isReady(engine),
    connected: feed.connected,
    failure: feed.failure,
    position,
    head,
    lag: Math.max(0, head - position),
    staleness: follower.age,
    entries: replica.entries,
    entriesBytes: replica.bytes,
    signals: signals.size,
    cache: { size: cache.size, hits: cache.hits, misses: cache.misses },
    cookies: { size: held.size, exchanges: held.exchanges },
    clockDifference: freshness.clockDifference ?? 0,
  };
}
