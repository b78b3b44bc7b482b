/** How often a process under npm looks whether its parent is still there, in milliseconds. */
const parentCheck = 200;

/** The parent at the start: it may end before the server is ready. */
const parent = process.ppid;

/**
 * Resolves to what first asks the process to stop: the name of a signal, or `end of npm`. Under npx, a shell stands
 * between npm and this process; it ends by the signal and does not hand it on, so its end counts as one.
 */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
    if (process.env.npm_command === undefined) return;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve('end of npm');
    }, parentCheck);
    timer.unref();
  });
}
