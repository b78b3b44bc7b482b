/** What runs from time to time. */
export interface Repetition {
  /** Begins no further run, and waits for the one under way. */
  close(): Promise<void>;
}

/**
 * Runs the work every so many milliseconds, for the first time after that time. A run that takes longer is let finish:
 * the runs that fall due meanwhile are left out. What a run throws goes to `onError`.
 */
export function runEvery(
  milliseconds: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repetition {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .then(() => {}, onError)
      .finally(() => {
        running = undefined;
      });
  }, milliseconds).unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
