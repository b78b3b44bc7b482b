import type { Fetch } from './http/request.ts';

/** Where the verifier writes what an operator should know. `console` and pino fit. No message holds a secret. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

/**
 * What `authenticate` does while the verifier has no contact with the issuer: ask it online, throw `Unavailable`, or
 * decide by what was last known. Before the first snapshot nothing is known, and nothing is accepted without asking.
 */
export type OnStale = 'introspect' | 'reject' | 'accept';

/** A session that ended; `seq` is the position of its entry in the revocation log. */
export interface SessionEnd {
  readonly sessionId: string;
  readonly reason: string;
  readonly seq: number;
}

/** The options of `createVerifier`. */
export interface VerifierOptions {
  /**
   * Latchkey's public URL, in any spelling that `LATCHKEY_PUBLIC_URL` may have. The verifier sends its requests
   * there, unless `connectTo` names another address.
   */
  readonly issuer: string;
  /**
   * Where this service reaches Latchkey, if it is not by the public URL: an http(s) URL such as
   * `http://latchkey:8080`, which takes the place of the whole public URL.
   */
  readonly connectTo?: string;
  /** This service's name in the tokens' `aud`; the issuer by default. */
  readonly audience?: string;
  /** The secret that `latchkey services add` printed. */
  readonly serviceKey: string;
  /** After this many milliseconds without contact the verifier counts as stale; 10 000 by default. */
  readonly maxStaleness?: number;
  /** What a stale verifier does; `introspect` by default. */
  readonly onStale?: OnStale;
  /** Used for every request instead of the global `fetch`. */
  readonly fetch?: Fetch;
  /** The most seconds by which the clocks of the issuer's instances may differ; 30 by default, at most 300. */
  readonly clockSkew?: number;
  /** How many verified tokens are remembered; 10 000 by default, 0 for none. */
  readonly cacheSize?: number;
  /** Called once for every session that ends while the verifier runs. It may be async. Its errors are logged. */
  readonly onSessionEnd?: (end: SessionEnd) => void;
  /** Silent by default. */
  readonly logger?: Logger;
}

/** Checked and completed options: the issuer as in the tokens' `iss`, and callbacks that never fail. */
export type ResolvedOptions = Required<VerifierOptions>;

const modes: readonly unknown[] = ['introspect', 'reject', 'accept'];
const headerSafe = /^[\x21-\x7e]+$/;

/** Whether `value` is one of the three words for `onStale`. */
export function isOnStale(value: unknown): value is OnStale {
  return modes.includes(value);
}

/** Checks the options once, at creation. Throws a `TypeError` that names the first wrong or unknown one. */
export function resolveOptions(options: VerifierOptions): ResolvedOptions {
  if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object');
  const issuer = issuerOf(options.issuer);
  const {
    issuer: _,
    connectTo = issuer,
    audience = issuer,
    serviceKey,
    maxStaleness = 10_000,
    onStale = 'introspect',
    fetch = globalThis.fetch,
    clockSkew = 30,
    cacheSize = 10_000,
    onSessionEnd = () => {},
    logger = { info: () => {}, warn: () => {} },
    ...unknown
  } = options;
  for (const name in unknown) throw new TypeError(`unknown option ${JSON.stringify(name)}`);
  must(typeof audience === 'string' && audience !== '', 'audience must be a string');
  must(
    typeof serviceKey === 'string' && headerSafe.test(serviceKey),
    'serviceKey must be a printable string',
  );
  must(isBetween(maxStaleness, 1, 2 ** 31 - 1), 'maxStaleness must be milliseconds, 1 or more');
  must(isOnStale(onStale), "onStale must be 'introspect', 'reject' or 'accept'");
  must(typeof fetch === 'function', 'fetch must be a function');
  must(isBetween(clockSkew, 0, 300), 'clockSkew must be seconds, 0 to 300');
  must(Number.isInteger(cacheSize) && isBetween(cacheSize, 0, 2 ** 24), 'cacheSize must be a whole number');
  must(typeof onSessionEnd === 'function', 'onSessionEnd must be a function');
  must(typeof logger?.info === 'function' && typeof logger.warn === 'function', 'logger needs info and warn');
  const log = quiet(logger);
  return {
    issuer,
    connectTo: issuerOf(connectTo, 'connectTo'),
    audience,
    serviceKey,
    maxStaleness,
    onStale,
    fetch,
    clockSkew,
    cacheSize,
    onSessionEnd: (end) =>
      attempt(
        () => onSessionEnd(end),
        () => log.warn('latchkey: onSessionEnd threw'),
      ),
    logger: log,
  };
}

/** A logger that never throws: a log that fails must not stop the verifier. */
function quiet(logger: Logger): Logger {
  const ignore = () => {};
  return {
    info: (message) => attempt(() => logger.info(message), ignore),
    warn: (message) => attempt(() => logger.warn(message), ignore),
  };
}

/**
 * Calls, and calls `failed` for an error. An async function fails too late to throw: nobody would handle the
 * rejection, and that ends the process.
 */
function attempt(call: () => unknown, failed: () => void): void {
  try {
    const result = call();
    if (result !== undefined) Promise.resolve(result).catch(failed);
  } catch {
    failed();
  }
}

/** The one spelling that the server gives its public URL, and so the tokens' `iss`. Throws a `TypeError` with the name. */
export function issuerOf(text: unknown, name = 'issuer'): string {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  const plain = url !== undefined && !url.search && !url.hash && !url.username && !url.password;
  if (!plain || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new TypeError(`${name} must be an http(s) URL without query, fragment or user`);
  }
  return url.href.replace(/\/+$/, '');
}

function must(condition: boolean, message: string): void {
  if (!condition) throw new TypeError(message);
}

function isBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}
