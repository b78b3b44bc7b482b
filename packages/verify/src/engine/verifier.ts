import { InvalidCredentials, TokenStale, Unavailable } from '../errors.ts';
import { RemoteKeys } from '../keys/remote-keys.ts';
import { isOnStale, type OnStale, type ResolvedOptions } from '../options.ts';
import { createTokenVerifier } from '../token/token-verifier.ts';
import { type Authenticated, newVerifiedToken, type VerifiedToken } from './authenticated.ts';
import { Doubts } from './doubts.ts';
import { Follower, type LocalClocks } from './follower.ts';
import { introspect } from './introspect.ts';
import type { VerifierStatus } from './status.ts';
import { TokenCache } from './token-cache.ts';
import { Waiters } from './waiters.ts';

/** Milliseconds that a call waits for the log to reach the position its token was issued at. */
const LAG_WAIT = 250;
const READY_TIMEOUT = 30_000;

/** What may be chosen for one call. */
export interface AuthenticateOptions {
  /** Instead of the verifier's `onStale`; anything but the three words counts as `reject`. */
  readonly onStale?: OnStale;
}

/** A running verifier. Its methods need no `this`: they may be taken out of it. */
export interface Verifier {
  /** The issuer whose tokens it takes. */
  readonly issuer: string;
  /**
   * Who is calling, by the token (bare, without `Bearer`) and the cookie's value. Makes no request
   * as long as the verifier is in touch with the issuer. Throws `InvalidCredentials`, `TokenStale`
   * or `Unavailable`, and nothing else, whatever it is given.
   */
  authenticate(token: unknown, cookie: unknown, options?: AuthenticateOptions): Promise<Authenticated>;
  /**
   * Resolves when the verifier holds the issuer's keys and the whole revocation log. Throws
   * `Unavailable` after `timeout` milliseconds (30 000 by default), when the service key is refused,
   * and when the verifier is closed; it goes on trying in the first two cases.
   */
  ready(options?: { readonly timeout?: number }): Promise<void>;
  /** Figures for metrics and health checks. */
  status(): VerifierStatus;
  /** Ends everything that was started; calls from then on throw `Unavailable`. May be repeated. */
  close(): void;
}

/** Starts a verifier with options that were checked. */
export function startVerifier(options: ResolvedOptions, clocks: LocalClocks): Verifier {
  const { issuer, audience, clockSkew, fetch, logger, maxStaleness } = options;
  const { wall, monotonic } = clocks;
  const cache = new TokenCache<VerifiedToken>(options.cacheSize);
  const waiters = new Waiters();
  const doubts = new Doubts(maxStaleness);
  const closing = new AbortController();
  let closed = false;
  const follower = new Follower(options, clocks, {
    onProgress: () => waiters.wake(),
    onKeyRevoked: (kid) => {
      keys.revoke(kid);
      cache.clear();
    },
    onClockSetBack: () => cache.clear(),
  });
  const { replica, freshness, signals, activity } = follower;
  const keys = new RemoteKeys({
    url: `${issuer}/.well-known/jwks.json`,
    fetch,
    logger,
    monotonic,
    onLoad: (changed) => {
      // What a retired key had signed is not remembered beyond it.
      if (changed) cache.clear();
      waiters.wake();
    },
  });
  // Tokens are dated by the issuer's clock, so they are judged by it: ours may be wrong without harm. Before it is known
  // nothing is decided here.
  const issuerTime = (): number => freshness.serverTime(monotonic(), wall());
  const tokens = createTokenVerifier({
    issuer,
    audience,
    clockSkew,
    now: issuerTime,
    findKey: (kid) => keys.find(kid),
  });

  const isAlive = ({ refusedFrom }: VerifiedToken, monotonicNow: number, wallNow: number): boolean =>
    !(freshness.serverTime(monotonicNow, wallNow) >= refusedFrom);
  const surroundings = { signals, clockSkew, timeNow: (): number => issuerTime() || wall() };
  const isFresh = (): boolean => freshness.age(monotonic(), wall()) <= maxStaleness;
  const isDoubted = ({ subject }: VerifiedToken): boolean => doubts.has(subject.sid, monotonic());
  const isCaughtUp = (verified: VerifiedToken): boolean =>
    replica.position !== undefined && verified.subject.rev <= replica.position && !isDoubted(verified);
  const isReady = (): boolean => keys.loaded && freshness.age(monotonic(), wall()) < Number.POSITIVE_INFINITY;

  // The cache is keyed by the token's whole text, and holds only what was verified. Another
  // spelling of a token (which the parser refuses), or another signature over the same content, is
  // another key: it is verified by itself. No denial rests on the text: revocation is looked up by
  // session, user, site and key, again whenever the replica has changed, and time on every call.
  function authenticate(
    token: unknown,
    cookie: unknown,
    callOptions?: AuthenticateOptions,
  ): Promise<Authenticated> {
    const known = cache.get(token as string);
    if (known !== undefined && known.credential === cookie && known.checkedAt === replica.version) {
      const monotonicNow = monotonic();
      const wallNow = wall();
      const fresh = freshness.age(monotonicNow, wallNow) <= maxStaleness;
      if (fresh && isAlive(known, monotonicNow, wallNow) && !doubts.has(known.subject.sid, monotonicNow)) {
        if (known.round !== activity.round) note(known);
        return Promise.resolve(known.caller);
      }
    }
    return decide(token, cookie, known, callOptions);
  }

  async function decide(
    token: unknown,
    cookie: unknown,
    known: VerifiedToken | undefined,
    callOptions: AuthenticateOptions | undefined,
  ): Promise<Authenticated> {
    try {
      let verified = known;
      if (
        verified === undefined ||
        verified.credential !== cookie ||
        !isAlive(verified, monotonic(), wall())
      ) {
        if (closed) throw new Unavailable('closed');
        const parsed = tokens.parse(token);
        const { kid } = parsed.header;
        const claims = tokens.verify(parsed, keys.find(kid) ?? (await keys.ask(kid)), cookie);
        verified = newVerifiedToken(claims, kid, cookie as string, surroundings);
      }
      refuse(verified);
      if (!isAlive(verified, monotonic(), wall())) throw new InvalidCredentials('expired');
      if (isFresh() && isCaughtUp(verified)) verified.checkedAt = replica.version;
      else await settle(token as string, verified, callOptions);
      if (closed) throw new Unavailable('closed');
      cache.set(token as string, verified);
      note(verified);
      return verified.caller;
    } catch (error) {
      const expected =
        error instanceof InvalidCredentials || error instanceof TokenStale || error instanceof Unavailable;
      throw expected ? error : new Unavailable('internal', { cause: error });
    }
  }

  function note(verified: VerifiedToken): void {
    verified.round = activity.round;
    activity.note(verified.subject.sid);
  }

  /** Returns when a token may be accepted although the replica may not know everything about it. */
  async function settle(
    token: string,
    verified: VerifiedToken,
    callOptions: AuthenticateOptions | undefined,
  ): Promise<void> {
    if (isFresh() && (await waiters.wait(() => isCaughtUp(verified), LAG_WAIT))) {
      refuse(verified);
      verified.checkedAt = replica.version;
      return;
    }
    if (closed) throw new Unavailable('closed');
    const mode = modeOf(callOptions, options.onStale);
    const isOver = freshness.latestTime(monotonic(), wall()) >= verified.refusedFrom;
    if (mode === 'accept' && replica.position !== undefined && !isOver && !isDoubted(verified)) return;
    if (mode !== 'introspect') throw new Unavailable(whyNot());
    const { credential } = verified;
    const { userId, sid: sessionId } = verified.subject;
    const url = `${issuer}/auth/authenticate`;
    const question = { url, fetch, closing: closing.signal, token, credential, userId, sessionId };
    await introspect(question).catch((error: unknown) => {
      if (!(error instanceof Unavailable)) doubts.note(sessionId, monotonic());
      throw error;
    });
    refuse(verified);
  }

  function refuse({ subject }: VerifiedToken): void {
    const verdict = replica.check(subject);
    if (verdict === undefined && subject.rev >= follower.floor) return;
    if (verdict === undefined || verdict.action === 'refresh') throw new TokenStale();
    throw new InvalidCredentials(verdict.by === 'key' ? 'key-revoked' : 'revoked');
  }

  function whyNot(): 'service-key-refused' | 'not-ready' | 'lagging' | 'stale' {
    if (follower.refused) return 'service-key-refused';
    if (replica.position === undefined) return 'not-ready';
    return isFresh() ? 'lagging' : 'stale';
  }

  async function ready({ timeout = READY_TIMEOUT }: { readonly timeout?: number } = {}): Promise<void> {
    if (typeof timeout !== 'number' || !(timeout >= 0)) throw new TypeError('timeout must be milliseconds');
    const settled = (): boolean => isReady() || follower.refused;
    const inTime = !closed && (await waiters.wait(settled, Math.min(timeout, 2 ** 31 - 1)));
    if (closed) throw new Unavailable('closed');
    if (inTime && isReady()) return;
    throw new Unavailable(follower.refused ? 'service-key-refused' : 'ready-timeout');
  }

  function status(): VerifierStatus {
    const position = replica.position ?? -1;
    const head = freshness.head ?? -1;
    return {
      ready: !closed && isReady(),
      connected: follower.connected,
      position,
      head,
      lag: Math.max(0, head - position),
      staleness: freshness.age(monotonic(), wall()),
      entries: replica.entries,
      entriesBytes: replica.bytes,
      signals: signals.size,
      cache: { size: cache.size, hits: cache.hits, misses: cache.misses },
      clockDifference: freshness.clockDifference ?? 0,
    };
  }

  function close(): void {
    closed = true;
    closing.abort();
    follower.close();
    keys.close();
    cache.clear();
    waiters.release();
  }

  follower.start();
  keys.start();
  return Object.freeze({ issuer, authenticate, ready, status, close });
}

function modeOf(callOptions: AuthenticateOptions | undefined, otherwise: OnStale): OnStale {
  try {
    const mode: unknown = callOptions?.onStale ?? otherwise;
    return isOnStale(mode) ? mode : 'reject';
  } catch {
    return 'reject';
  }
}
