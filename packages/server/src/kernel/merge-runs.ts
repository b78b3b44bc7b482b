/**
 * Returns a function that runs the work, one run at a time. Calls during a run share one more run, which begins when the
 * present one ends. Each call's promise settles with a run that began after the call.
 */
export function mergeRuns(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  return function run(): Promise<void> {
    if (running === undefined) {
      running = work().finally(() => {
        running = undefined;
      });
      return running;
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}
