import { InvalidCredentials, Unavailable } from '../errors.ts';
import { askIssuer, type IssuerAccess, isRefusal } from '../http/ask-issuer.ts';
import { copyOf } from '../text/copy-of.ts';
import type { VerifiedToken } from './authenticated.ts';
import type { Doubts } from './doubts.ts';
import { TwoGenerations } from './two-generations.ts';
import { Waiters } from './waiters.ts';

/** How many tokens are asked for at once. Anybody can make up cookies, and each would open a connection to the issuer. */
const mostAtOnce = 64;
/** How long a cookie waits for its turn, in milliseconds. */
const maxWait = 2_000;

/** A token that the verifier got for a session credential. */
export interface HeldToken {
  readonly token: string;
  /** What the token says, once it was verified. */
  verified?: VerifiedToken;
}

/** What `HeldTokens` needs to ask the issuer. */
export interface HeldTokensOptions extends IssuerAccess {
  /** The address of WhoAmI. */
  readonly url: string;
  readonly serviceKey: string;
  /** Where it is noted what the issuer refused: that is not asked about again for a while. */
  readonly doubts: Doubts;
  /** How many tokens are held. */
  readonly size: number;
  /** The local monotonic clock, in milliseconds. */
  readonly monotonic: () => number;
}

/**
 * Tokens for requests that bring a session credential without a token of use, by the credential. WhoAmI gives one for
 * a live session; all callers share the request that is in flight for a credential.
 */
export class HeldTokens {
  readonly #options: HeldTokensOptions;
  readonly #held: TwoGenerations<HeldToken>;
  readonly #asking = new Map<string, Promise<HeldToken>>();
  readonly #turns = new Waiters();
  #inFlight = 0;
  #exchanges = 0;

  constructor(options: HeldTokensOptions) {
    this.#options = options;
    this.#held = new TwoGenerations(options.size);
    options.closing.addEventListener('abort', () => this.#turns.release(), { once: true });
  }

  get size(): number {
    return this.#held.size;
  }

  /** How many tokens the issuer was asked for. */
  get exchanges(): number {
    return this.#exchanges;
  }

  get(credential: string): HeldToken | undefined {
    return this.#held.get(credential);
  }

  /**
   * Another token than `useless`, for a credential of the right form. Throws `InvalidCredentials` if the credential
   * proves no live session, and `Unavailable` if the issuer cannot say.
   */
  async renew(credential: string, useless: HeldToken | undefined): Promise<HeldToken> {
    const held = this.#held.get(credential);
    if (held !== undefined && held !== useless) return held;
    const { doubts, monotonic } = this.#options;
    if (doubts.isRefused(credential, monotonic())) {
      throw new InvalidCredentials('introspection-refused');
    }
    const asking = this.#asking.get(credential);
    if (asking !== undefined) return asking;
    const key = copyOf(credential);
    const asked = this.#exchangeInTurn(key).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asked);
    return asked;
  }

  /** Forgets all tokens. */
  clear(): void {
    this.#held.clear();
  }

  async #exchangeInTurn(credential: string): Promise<HeldToken> {
    if (!(await this.#turns.wait(() => this.#takeTurn(), maxWait))) {
      throw new Unavailable('introspection-failed');
    }
    try {
      return await this.#exchange(credential);
    } finally {
      this.#inFlight -= 1;
      this.#turns.wake();
    }
  }

  #takeTurn(): boolean {
    if (this.#inFlight === mostAtOnce) return false;
    this.#inFlight += 1;
    return true;
  }

  async #exchange(credential: string): Promise<HeldToken> {
    const { url, serviceKey, doubts, monotonic } = this.#options;
    this.#exchanges += 1;
    const answer = await askIssuer(this.#options, url, {
      authorization: `Bearer ${serviceKey}`,
      'x-session-id': credential,
    });
    const { status, body } = answer;
    if (isRefusal(answer)) {
      doubts.note(credential, 'refused', monotonic());
      throw new InvalidCredentials('introspection-refused');
    }
    // 403 says that the service key is not known: nothing was said about the session.
    if (status === 403) throw new Unavailable('service-key-refused');
    if (status !== 200 || typeof body.token !== 'string') throw new Unavailable('introspection-failed');
    const held = { token: body.token };
    this.#held.set(credential, held);
    return held;
  }
}
