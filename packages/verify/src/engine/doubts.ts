/** At most this many are remembered: anybody can send credentials that the issuer refuses. */
const capacity = 10_000;

/** What the issuer said of a credential: that it proves no live session, or that a token of it is out of date. */
type Said = 'refused' | 'stale';

/**
 * Credentials about which the issuer said something online that the replica did not know. The replica was behind; as
 * long as it may still be, it decides nothing about them. They are told apart by the whole credential: with a session's
 * id, which is public, a stranger could cast doubt on it.
 */
export class Doubts {
  readonly #milliseconds: number;
  // In order of time.
  readonly #noted = new Map<string, { readonly at: number; readonly said: Said }>();

  /** `milliseconds` is how long a doubt lasts. */
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** `now` is the local monotonic time in milliseconds, here and below. */
  note(credential: string, said: Said, now: number): void {
    for (const [each, { at }] of this.#noted) {
      if (now - at <= this.#milliseconds && this.#noted.size < capacity) break;
      this.#noted.delete(each);
    }
    this.#noted.delete(credential);
    this.#noted.set(credential, { at: now, said });
  }

  has(credential: string, now: number): boolean {
    return this.#noted.size > 0 && this.#find(credential, now) !== undefined;
  }

  /** Whether the issuer refused it. A session that has ended never comes back. */
  isRefused(credential: string, now: number): boolean {
    return this.#find(credential, now) === 'refused';
  }

  #find(credential: string, now: number): Said | undefined {
    const noted = this.#noted.get(credential);
    return noted !== undefined && now - noted.at <= this.#milliseconds ? noted.said : undefined;
  }
}
