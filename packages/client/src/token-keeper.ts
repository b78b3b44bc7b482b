import { problemCode, TokenError } from './errors.ts';
import { type HeldToken, holdToken, type TokenAnswer } from './held-token.ts';

/** Milliseconds until a failed refresh is tried again while the old token is still good. */
const pause = 1000;

/** Keeps the session's token in memory and fresh, with one refresh in flight for all callers. */
export class TokenKeeper {
  readonly #ask: () => Promise<Response>;
  readonly #isShared: boolean;
  readonly #onSignedOut: () => void;
  #held: HeldToken | undefined;
  #asking: Promise<string | undefined> | undefined;
  /** Counts sessions: what was asked for an earlier one has no effect on a later one. */
  #session = 0;
  #signedOut = false;
  /** Requests under way that may open another session. */
  readonly #changes = new Set<Promise<void>>();
  #confirming: Promise<boolean> | undefined;

  /**
   * `ask` sends WhoAmI; `onSignedOut` is called once for a session that has ended elsewhere. The session of a cookie
   * `isShared`: another tab may open the next one.
   */
  constructor(ask: () => Promise<Response>, isShared: boolean, onSignedOut: () => void) {
    this.#ask = ask;
    this.#isShared = isShared;
    this.#onSignedOut = onSignedOut;
  }

  /** The number of the present session, for `noticeEnd`. */
  get session(): number {
    return this.#session;
  }

  /** The token to send; undefined when there is no session. Throws TokenError when a token cannot be got. */
  async current(): Promise<string | undefined> {
    if (this.#signedOut) return undefined;
    const held = this.#held;
    if (held !== undefined && performance.now() < held.refreshAt) return held.token;
    try {
      return await this.refresh();
    } catch (error) {
      if (held === undefined || performance.now() >= held.endsAt) throw error;
      if (this.#held === held) this.#held = { ...held, refreshAt: performance.now() + pause };
      return held.token;
    }
  }

  /** Another token than the one that a service refused; undefined when the session has ended. Throws TokenError. */
  replace(refused: string): Promise<string | undefined> {
    return this.#held?.token === refused ? this.refresh() : this.current();
  }

  /** Takes the token by which a service has replaced an expired one. Anything else than a token is ignored. */
  adopt(expired: string, renewed: string | null): void {
    const held = this.#held;
    if (renewed === null || held?.token !== expired) return;
    try {
      this.#held = holdToken({ token: renewed, userId: held.userId });
    } catch {}
  }

  /** Asks for a token now. Undefined when there is no session. Throws TokenError. */
  refresh(): Promise<string | undefined> {
    if (this.#asking !== undefined) return this.#asking;
    const asking = this.#refresh(this.#session).finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#asking = asking;
    return asking;
  }

  /** Another session begins, with or without its first token. */
  begin(answer?: TokenAnswer): void {
    this.#session += 1;
    this.#asking = undefined;
    this.#signedOut = false;
    this.#held = answer && holdToken(answer);
  }

  /** The caller has ended the session. */
  end(): void {
    this.#session += 1;
    this.#asking = undefined;
    this.#signedOut = true;
    this.#held = undefined;
  }

  /** A request is sent that may open another session; call the result when its answer has come. */
  expectChange(): () => void {
    let settle = () => {};
    const change = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#changes.add(change);
    return () => {
      this.#changes.delete(change);
      settle();
    };
  }

  /**
   * Ends the session, which was found to have ended elsewhere. No effect on a later session, nor if the answer was
   * given for one whose successor is only just known, as after a change of password. Throws TokenError.
   */
  async noticeEnd(session: number): Promise<void> {
    while (this.#changes.size > 0) await Promise.all(this.#changes);
    if (!this.#isPresent(session) || (this.#isShared && (await this.#isReplaced()))) return;
    if (!this.#isPresent(session)) return;
    this.end();
    this.#onSignedOut();
  }

  #isPresent(session: number): boolean {
    return session === this.#session && !this.#signedOut;
  }

  /** Whether another tab has opened a session of the same account, by asking once more. */
  #isReplaced(): Promise<boolean> {
    this.#confirming ??= this.#confirm(this.#session).finally(() => {
      this.#confirming = undefined;
    });
    return this.#confirming;
  }

  async #confirm(session: number): Promise<boolean> {
    const answer = await this.#askForToken();
    if (answer === undefined || this.#isStranger(answer)) return false;
    if (session === this.#session) this.#held = holdToken(answer);
    return true;
  }

  #isStranger({ userId }: TokenAnswer): boolean {
    return this.#held !== undefined && this.#held.userId !== userId;
  }

  async #refresh(session: number): Promise<string | undefined> {
    const answer = await this.#askForToken();
    if (session !== this.#session) return this.current();
    // A refresh never changes who is signed in: another account's cookie ends this page's session.
    if (answer === undefined || this.#isStranger(answer)) {
      await this.noticeEnd(session);
      if (session !== this.#session) return this.current();
      return this.#held?.token;
    }
    this.#signedOut = false;
    this.#held = holdToken(answer);
    return answer.token;
  }

  /** Undefined when there is no live session. */
  async #askForToken(): Promise<TokenAnswer | undefined> {
    let answer: Response;
    try {
      answer = await this.#ask();
      if (answer.ok) return (await answer.json()) as TokenAnswer;
    } catch (error) {
      throw new TokenError('UNAVAILABLE', { cause: error });
    }
    const code = await problemCode(answer);
    if (answer.status === 401 && code === 'INVALID_CREDENTIALS') return undefined;
    const outage = code === undefined || answer.status >= 500 || answer.status === 429;
    throw new TokenError(outage ? 'UNAVAILABLE' : code);
  }
}
