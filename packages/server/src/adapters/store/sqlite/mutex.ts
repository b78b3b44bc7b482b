/** Only one caller holds it at a time; the others wait in the order in which they came. */
export interface Mutex {
  lock(): Promise<void>;
  unlock(): void;
}

/** An unlocked mutex. */
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
