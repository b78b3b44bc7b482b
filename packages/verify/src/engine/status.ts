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
