import { setTimeout as sleep } from 'node:timers/promises';

const goldenRatio = 0.618_033_988_749_895;
let phase = (process.pid * goldenRatio) % 1;

/**
 * Waits between half of the time and one and a half of it (milliseconds). Callers that pause together wake up apart:
 * steps by the golden ratio spread any number of them evenly, and the process id keeps processes from marching in step.
 */
export function pause(milliseconds: number): Promise<void> {
  phase = (phase + goldenRatio) % 1;
  return sleep(milliseconds * (0.5 + phase));
}
