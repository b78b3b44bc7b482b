import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long the turns of the event loop were. Milliseconds. */
export interface Turns {
  /** The longest, in processor time of this thread: other programs on the machine do not count. */
  readonly busiest: number;
  /** The longest but one, in the same. */
  readonly second: number;
  /** The longest, by `monitorEventLoopDelay`, without its own interval. */
  readonly longest: number;
  /** How long the work took. */
  readonly whole: number;
}

const resolution = 5;
/** For how long the turns after the work are measured too: what it has appended to the log is told then. Milliseconds. */
const after = 300;

/** Does the work, and measures the turns that the event loop makes meanwhile, and shortly after. */
export async function measureTurns(work: () => Promise<unknown>): Promise<Turns> {
  const delays = monitorEventLoopDelay({ resolution });
  // What was allocated before is not collected in a turn of this work.
  globalThis.gc?.();
  let [busiest, second] = [0, 0];
  let last = process.threadCpuUsage();
  const sample = () => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    const busy = (user + system) / 1000;
    [second, busiest] = [second, busiest, busy].sort((a, b) => a - b).slice(1) as [number, number];
  };
  const start = performance.now();
  let whole: number;
  delays.enable();
  const sampling = setInterval(sample, 2);
  try {
    await work();
    whole = performance.now() - start;
    await sleep(after);
  } finally {
    clearInterval(sampling);
    delays.disable();
  }
  return { busiest, second, longest: delays.max / 1e6 - resolution, whole };
}
