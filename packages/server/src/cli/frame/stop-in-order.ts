import type { Environment } from '../../config/environment.ts';
import { sourceOf } from '../../config/read.ts';
import type { Logger } from '../../kernel/ports.ts';
import { exitCodes } from './exit-codes.ts';

/** How long the stop may take after the drain. Milliseconds. */
const closeTimeout = 20_000;

/** What a process runs until it is told to stop. */
interface Stoppable {
  /** Is no longer ready, but serves for so many milliseconds. */
  drain(time: number): Promise<void>;
  /** Finishes the requests in flight, and ends. */
  close(): Promise<void>;
}

/**
 * The time of the drain: under npm none, unless it was set. Whoever types `npm start` is no load balancer, and may start
 * again at once, on the same port.
 */
export function drainTime(drain: number, env: Environment): number {
  return env.npm_command !== undefined && sourceOf('LATCHKEY_DRAIN', env) === 'default' ? 0 : drain;
}

/**
 * Stops after this signal: for `drain` milliseconds it is only not ready, then it ends. A stop that takes too long ends
 * the process at once.
 */
export async function stopInOrder(
  service: Stoppable,
  signal: string,
  { drain, log }: { readonly drain: number; readonly log: Pick<Logger, 'info' | 'error'> },
): Promise<void> {
  // A person at a terminal does not wait, and what npx has started must free its port for the next start.
  if (signal === 'SIGTERM' && drain > 0) {
    log.info({}, `${signal}: not ready any more, serving for ${drain / 1000} s`);
    await service.drain(drain);
  }
  log.info({}, `${signal}: finishing the requests in flight`);
  setTimeout(() => {
    log.error({}, 'the stop took too long');
    process.exit(exitCodes.refused);
  }, closeTimeout).unref();
  await service.close();
  log.info({}, 'stopped');
}
