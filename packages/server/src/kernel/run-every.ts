/** Work that runs at regular times. */
export interface Repetition {
  /** Starts no further run, and waits for the present one. */
  close(): Promise<void>;
}

/**
 * Runs the work at this interval, first after one interval. Runs never overlap: what falls due during a run is left out.
 * What a run throws goes to `onError`.
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
