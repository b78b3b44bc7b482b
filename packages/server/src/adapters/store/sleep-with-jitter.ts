import { setTimeout as sleep } from 'node:timers/promises';

const goldenRatio = 0.618_033_988_749_895;
let phase = (process.pid * goldenRatio) % 1;

/**
 * Waits between 0.5 and 1.5 times that many milliseconds. Callers that begin together wake up apart: steps of the golden
 * ratio spread any number of them evenly, and the process id makes other processes begin elsewhere.
 */
export function sleepWithJitter(milliseconds: number): Promise<void> {
  phase = (phase + goldenRatio) % 1;
  return sleep(milliseconds * (0.5 + phase));
}
