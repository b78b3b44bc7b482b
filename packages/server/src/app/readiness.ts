import { notReady } from '../api/discovery-routes.ts';
import { within } from '../kernel/within.ts';

/** How long a database may take. Milliseconds. */
const limit = 3000;
/** For so long the result of a write counts: whoever asks often must not have the disk written each time. Milliseconds. */
const memory = 1000;

/** The database, as far as readiness depends on it. */
interface Probed {
  /** Throws UNAVAILABLE when nothing can be read. */
  ping(): Promise<void>;
  /** Throws UNAVAILABLE when nothing can be written. */
  tryToWrite(): Promise<void>;
}

/** Returns the function that throws UNAVAILABLE unless the database can be written, or only read where that is enough. */
export function createReadiness(
  store: Probed,
  isStopping: () => boolean,
): (readIsEnough: boolean) => Promise<void> {
  let last: { readonly time: number; readonly result: Promise<void> } | undefined;

  function write(): Promise<void> {
    const now = performance.now();
    if (last === undefined || now - last.time > memory) {
      last = { time: now, result: within(limit, () => store.tryToWrite()) };
      last.result.catch(() => {});
    }
    return last.result;
  }

  return async (readIsEnough) => {
    if (isStopping()) throw notReady();
    try {
      await Promise.all([within(limit, () => store.ping()), readIsEnough || write()]);
    } catch (error) {
      throw notReady(error);
    }
  };
}
