/** Lets one at a time through, in the order in which they came. */
export interface Mutex {
  lock(): Promise<void>;
  unlock(): void;
}

/** A mutex that nobody holds. */
export function createMutex(): Mutex {
  const waiting: (() => void)[] = [];
  let held = false;

  return {
    lock() {
      if (!held) {
        held = true;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    unlock() {
      const next = waiting.shift();
      if (next === undefined) held = false;
      else next();
    },
  };
}
