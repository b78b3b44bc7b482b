import type { Engine } from './engine.ts';
import { isReady } from './judge.ts';

/** Figures of a verifier, for metrics and health checks. Positions are -1 while there are none. */
export interface VerifierStatus {
  /** Whether keys and a whole copy of the log are at hand; not after `close`. */
  readonly ready: boolean;
  /** Whether the feed is open. */
  readonly connected: boolean;
  /** The last entry of the revocation log that was applied. */
  readonly position: number;
  /** The last entry that the issuer has named. */
  readonly head: number;
  /** How many entries lie between. */
  readonly lag: number;
  /** Milliseconds since the verifier last knew everything; `Infinity` before the first time. */
  readonly staleness: number;
  /** How many sessions, users, sites and keys it holds something about. */
  readonly entries: number;
  /** Bytes that the table of ended sessions takes. */
  readonly entriesBytes: number;
  /** Sessions whose `signal` is watched. */
  readonly signals: number;
  /** The cache of checked tokens. */
  readonly cache: { readonly size: number; readonly hits: number; readonly misses: number };
  /** Seconds by which the issuer's clock is ahead of this machine's. */
  readonly clockDifference: number;
}

/** The figures of this moment. */
export function statusOf(engine: Engine): VerifierStatus {
  const { cache, follower, clocks, closing } = engine;
  const { replica, freshness, signals } = follower;
  const position = replica.position ?? -1;
  const head = freshness.head ?? -1;
  return {
    ready: !closing.aborted && isReady(engine),
    connected: follower.connected,
    position,
    head,
    lag: Math.max(0, head - position),
    staleness: freshness.age(clocks.monotonic(), clocks.wall()),
    entries: replica.entries,
    entriesBytes: replica.bytes,
    signals: signals.size,
    cache: { size: cache.size, hits: cache.hits, misses: cache.misses },
    clockDifference: freshness.clockDifference ?? 0,
  };
}
