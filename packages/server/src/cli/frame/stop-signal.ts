import { exitCodes } from './exit-codes.ts';

/**
 * What comes so soon after the first signal is the same one: with ^C the terminal sends it to npm and to this process,
 * and npm hands it on. Milliseconds.
 */
const echoTime = 500;

/** How often a process under npm looks whether its parent is still there, in milliseconds. */
const parentCheck = 200;

/** The parent at the start: it may end before the server is ready. */
const parent = process.ppid;

/**
 * Resolves to what first asks the process to stop: the name of a signal, or `end of npm`. Under npx, a shell stands
 * between npm and this process; it ends by the signal and does not hand it on, so its end counts as one. A second signal
 * ends the process at once.
 */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        const now = performance.now();
        first ??= now;
        if (now - first > echoTime) process.exit(exitCodes.refused);
        resolve(name);
      });
    }
    if (process.env.npm_command === undefined) return;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve('end of npm');
    }, parentCheck);
    timer.unref();
  });
}
