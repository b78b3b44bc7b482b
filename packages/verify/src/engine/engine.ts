import { RemoteKeys } from '../keys/remote-keys.ts';
import type { ResolvedOptions } from '../options.ts';
import { createTokenVerifier, type TokenVerifier } from '../token/token-verifier.ts';
import type { Surroundings, VerifiedToken } from './authenticated.ts';
import { Doubts } from './doubts.ts';
import { Follower, type LocalClocks } from './follower.ts';
import { HeldTokens } from './held-tokens.ts';
import { steadyClock } from './steady-clock.ts';
import { TwoGenerations } from './two-generations.ts';
import { Waiters } from './waiters.ts';

/** The parts of a running verifier. */
export interface Engine {
  readonly options: ResolvedOptions;
  readonly clocks: LocalClocks;
  /** Verified tokens by their whole text. */
  readonly cache: TwoGenerations<VerifiedToken>;
  /** Tokens that were got for a cookie, by the cookie. */
  readonly held: HeldTokens;
  readonly waiters: Waiters;
  readonly doubts: Doubts;
  readonly follower: Follower;
  readonly keys: RemoteKeys;
  readonly tokens: TokenVerifier;
  readonly surroundings: Surroundings;
  /** Aborted when the verifier is closed. */
  readonly closing: AbortSignal;
  start(): void;
  /** Ends everything that was started. */
  close(): void;
}

/** Puts a verifier together. Starts nothing. */
export function createEngine(options: ResolvedOptions, clocks: LocalClocks): Engine {
  const { issuer, connectTo, audience, clockSkew, maxStaleness, cacheSize, fetch, serviceKey } = options;
  const closing = new AbortController();
  const cache = new TwoGenerations<VerifiedToken>(cacheSize);
  const doubts = new Doubts(maxStaleness);
  const held = new HeldTokens({
    doubts,
    url: `${connectTo}/auth/who-am-i`,
    serviceKey,
    fetch,
    closing: closing.signal,
    size: cacheSize,
    monotonic: clocks.monotonic,
  });
  const forget = () => {
    cache.clear();
    held.clear();
  };
  const waiters = new Waiters();
  const { follower, keys } = createSources(options, clocks, forget, waiters);
  // The issuer dates tokens by its own clock, so they are judged by that clock: ours may be wrong.
  const issuerTime = () => follower.serverTime;
  return {
    options,
    clocks,
    cache,
    held,
    waiters,
    doubts,
    follower,
    keys,
    tokens: createTokenVerifier({
      issuer,
      audience,
      clockSkew,
      now: issuerTime,
      findKey: (kid) => keys.find(kid),
    }),
    surroundings: { signals: follower.signals, clockSkew, timeNow: () => issuerTime() || clocks.wall() },
    closing: closing.signal,
    start() {
      follower.start();
      keys.start();
    },
    close() {
      closing.abort();
      follower.close();
      keys.close();
      forget();
      waiters.release();
    },
  };
}

/** The two sources, log and keys of the issuer. Each change of them reaches the waiters, and what is remembered. */
function createSources(options: ResolvedOptions, clocks: LocalClocks, forget: () => void, waiters: Waiters) {
  const follower = new Follower(options, clocks, {
    onProgress: () => waiters.wake(),
    onKeyRevoked: (kid) => {
      keys.revoke(kid);
      forget();
    },
    onClockSetBack: forget,
  });
  const keys = new RemoteKeys({
    url: `${options.connectTo}/.well-known/jwks.json`,
    fetch: options.fetch,
    logger: options.logger,
    steady: steadyClock(clocks),
    onLoad: (changed) => {
      // A token whose key was retired must not outlive it.
      if (changed) forget();
      waiters.wake();
    },
  });
  return { follower, keys };
}
