interface Waiter {
  readonly met: () => boolean;
  readonly settle: (met: boolean) => void;
}

/** Callers that wait, for a bounded time, until something has come true. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  /** Resolves with true as soon as `met` holds at a `wake`, with false after `milliseconds` or at `release`. */
  wait(met: () => boolean, milliseconds: number): Promise<boolean> {
    if (met()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), milliseconds);
      const settle = (result: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(result);
      };
      const waiter: Waiter = { met, settle };
      this.#waiting.add(waiter);
    });
  }

  /** Something may have come true. */
  wake(): void {
    for (const { met, settle } of this.#waiting) if (met()) settle(true);
  }

  /** Nothing will come true any more. */
  release(): void {
    for (const { settle } of this.#waiting) settle(false);
  }
}
