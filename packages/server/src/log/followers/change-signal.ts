/** How long a notification is delayed, so that a thousand changes at once wake the waiting a few times. Milliseconds. */
const delay = 2;

/** Lets callers wait for the next change. */
export class ChangeSignal {
  readonly #waiting = new Set<() => void>();
  #telling: NodeJS.Timeout | undefined;

  /** Says that something has changed. */
  notify(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      for (const resolve of [...this.#waiting]) resolve();
    }, delay);
  }

  /** Resolves when something has changed, after this many milliseconds, or with the signal. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, signal.aborted ? 0 : milliseconds);
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  close(): void {
    clearTimeout(this.#telling);
  }
}
