/**
 * Sessions that the issuer refused online although the replica knew nothing against them. The replica was behind; as
 * long as it may still be, it decides nothing about them.
 */
export class Doubts {
  readonly #milliseconds: number;
  // In order of time.
  readonly #noted = new Map<string, number>();

  /** `milliseconds` is how long a doubt lasts. */
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** `now` is the local monotonic time in milliseconds, here and below. */
  note(sessionId: string, now: number): void {
    for (const [id, at] of this.#noted) {
      if (now - at <= this.#milliseconds) break;
      this.#noted.delete(id);
    }
    this.#noted.delete(sessionId);
    this.#noted.set(sessionId, now);
  }

  has(sessionId: string, now: number): boolean {
    if (this.#noted.size === 0) return false;
    const at = this.#noted.get(sessionId);
    return at !== undefined && now - at <= this.#milliseconds;
  }
}
