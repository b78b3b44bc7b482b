import type { Clock } from '../../src/kernel/ports.ts';

/** A clock that tests move. Times in milliseconds. */
export interface MovableClock extends Clock {
  move(milliseconds: number): void;
}

/** A clock that stands still at the start until it is moved; without a start it goes as the real one does. */
export function movableClock(start?: number): MovableClock {
  let offset = 0;
  return {
    now: () => (start ?? Date.now()) + offset,
    move(milliseconds) {
      offset += milliseconds;
    },
  };
}
