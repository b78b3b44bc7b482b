import type { Clock, TimeRange } from '../../src/kernel/clock/clock.ts';
import { WallClock } from '../../src/kernel/clock/wall-clock.ts';

/** A clock that tests move. Times in milliseconds. */
export interface MovableClock extends Clock {
  move(milliseconds: number): void;
}

/** A clock that stands still at the start until it is moved; without a start it goes as the real one does. */
export function movableClock(start?: number): MovableClock {
  let offset = 0;
  const clock = new WallClock({ now: () => (start ?? Date.now()) + offset });
  return Object.assign(clock, {
    move(milliseconds: number) {
      offset += milliseconds;
    },
  });
}

/** Every time after this one. */
export function allAfter(time: number): TimeRange {
  return { after: time, upTo: Number.MAX_SAFE_INTEGER };
}
