interface Waiter {
  readonly met: () => boolean;
  readonly settle: (met: boolean) => void;
}

/** Callers that wait, for a limited time, until a condition holds. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  /** Resolves to true as soon as `met` holds at a `wake`, to false after `milliseconds` or at `release`. */
  wait(met: () => boolean, milliseconds: number): Promise<boolean> {
    if (met()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), milliseconds);
      const settle = (result: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(result);
      };
      const waiter: Waiter = { met, settle };
      this.#waiting.add(waiter);
    });
  }

  /** Call it when a condition may have come true. */
  wake(): void {
    for (const { met, settle } of this.#waiting) if (met()) settle(true);
  }

  /** Ends all waiting: no condition will come true any more. */
  release(): void {
    for (const { settle } of this.#waiting) settle(false);
  }
}
