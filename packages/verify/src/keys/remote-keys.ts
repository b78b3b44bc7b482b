import { clearTimeout, setTimeout } from 'node:timers';
import { InvalidCredentials, Unavailable } from '../errors.ts';
import { readBody } from '../http/read-body.ts';
import { deadline, type Fetch, reasonOf, request } from '../http/request.ts';
import type { Logger } from '../options.ts';
import type { VerificationKey } from '../token/signature.ts';
import { isSameSet, parseJwks } from './parse-jwks.ts';

/** All in milliseconds. */
export const keyTimes = {
  timeout: 3_000,
  refresh: 600_000,
  cooldown: 30_000,
  retryFirst: 100,
  retryMost: 2_000,
  retryWithKeys: 30_000,
  keep: 86_400_000,
};
const maxBytes = 256 * 1024;

/** What it takes to load the issuer's keys. */
export interface RemoteKeysOptions {
  readonly url: string;
  readonly fetch: Fetch;
  readonly logger: Logger;
  /** Milliseconds of a clock that never goes back, and goes on while the machine sleeps. */
  readonly steady: () => number;
  /** Called when keys were loaded; `changed` if they differ from those before. */
  readonly onLoad: (changed: boolean) => void;
}

/**
 * The issuer's public keys: loaded at the start, refreshed in the background, and kept while they cannot be loaded.
 */
export class RemoteKeys {
  readonly #options: RemoteKeysOptions;
  readonly #closing = new AbortController();
  #keys: ReadonlyMap<string, VerificationKey> = new Map();
  readonly #revoked = new Set<string>();
  #loadedAt = -Infinity;
  #askedAt = -Infinity;
  #lastFailed = true;
  #failures = 0;
  #fetching: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RemoteKeysOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#fetch();
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#timer);
  }

  get loaded(): boolean {
    return this.#options.steady() - this.#loadedAt < keyTimes.keep;
  }

  /** The key of that name, if it is loaded. */
  find(kid: string): VerificationKey | undefined {
    return this.loaded && !this.#revoked.has(kid) ? this.#keys.get(kid) : undefined;
  }

  /**
   * Never accepts the key of that name again, whatever the issuer answers: a thief can give a token any lifetime, and
   * so outlive the log entry about the key.
   */
  revoke(kid: string): void {
    this.#revoked.add(kid);
  }

  /**
   * Asks the issuer for a key that is not loaded; at most once in 30 s, so that made-up names cost the issuer
   * nothing. Throws `InvalidCredentials` if the issuer does not have it, and `Unavailable` if it could not be asked.
   */
  async ask(kid: string): Promise<VerificationKey> {
    if (this.#revoked.has(kid)) throw new InvalidCredentials('key-revoked');
    const now = this.#options.steady();
    if (this.#fetching === undefined && now - this.#askedAt >= keyTimes.cooldown) {
      this.#askedAt = now;
      void this.#fetch();
    }
    await this.#fetching;
    const key = this.find(kid);
    if (key !== undefined) return key;
    if (this.#lastFailed || !this.loaded) throw new Unavailable('keys-unavailable');
    throw new InvalidCredentials('unknown-key');
  }

  #fetch(): Promise<void> {
    this.#fetching ??= this.#load().finally(() => {
      this.#fetching = undefined;
      this.#schedule();
    });
    return this.#fetching;
  }

  async #load(): Promise<void> {
    const { url, fetch, logger, steady, onLoad } = this.#options;
    const { signal, clear } = deadline(keyTimes.timeout, this.#closing.signal);
    try {
      // An idle connection may die unnoticed, and the feed would try it next.
      const headers = { accept: 'application/json', connection: 'close' };
      const response = await request(fetch, url, { headers, signal });
      const text = await readBody(response, maxBytes, signal);
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      const { keys, ignored } = parseJwks(text);
      const changed = !isSameSet(this.#keys, keys);
      if (changed) for (const why of ignored) logger.warn(`latchkey: ignored a key of the issuer: ${why}`);
      this.#keys = keys;
      this.#loadedAt = steady();
      this.#lastFailed = false;
      this.#failures = 0;
      onLoad(changed);
    } catch (error) {
      this.#lastFailed = true;
      if (this.#failures === 0 && !this.#closing.signal.aborted) {
        logger.warn(`latchkey: cannot load the issuer's keys: ${reasonOf(error)}`);
      }
      this.#failures += 1;
    } finally {
      clear();
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#closing.signal.aborted) return;
    const { retryFirst, retryMost, retryWithKeys, refresh } = keyTimes;
    const retry = this.loaded ? retryWithKeys : Math.min(retryMost, retryFirst * 2 ** (this.#failures - 1));
    const delay = (this.#lastFailed ? retry : refresh) * (0.75 + Math.random() / 4);
    this.#timer = setTimeout(() => void this.#fetch(), delay);
    // A caller may be waiting for the first keys. Later ones keep no process alive.
    if (this.loaded) this.#timer.unref();
  }
}
