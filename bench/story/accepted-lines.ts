import type { Figure } from '../figures/figure.ts';
import { median, quantile } from '../figures/stats.ts';

/** Sessions that were accepted all the time that they were watched. Milliseconds, from the close. */
export interface StillAccepted {
  readonly closings: number;
  readonly watchedMs: number;
  /** When what the service believes ends by itself. */
  readonly endsAfterMs: number;
}

/** Lines that say how long closed sessions are accepted, ours beside a peer's: the median and the longest. */
export function acceptedLines(
  ours: readonly number[] | undefined,
  peer: string,
  theirs: readonly number[] | StillAccepted,
): Figure[] {
  const longest = (values: readonly number[]) => quantile(values, 1);
  return Object.entries({ median, longest }).map(([name, of]) => ({
    figure: `accepted after the close, ${name}`,
    unit: 'ms',
    ours: ours && of(ours),
    peer,
    ...('watchedMs' in theirs ? { theirsText: describeAccepted(theirs) } : { theirs: of(theirs) }),
    rounds: 'watchedMs' in theirs ? theirs.closings : theirs.length,
  }));
}

function describeAccepted({ watchedMs, endsAfterMs }: StillAccepted): string {
  return `> ${watchedMs / 1000} s (until it ends: ${Math.round(endsAfterMs / 1000)} s)`;
}

/** The line of a peer that this machine does not have. */
export function missingLine(ours: readonly number[] | undefined, peer: string, why: string): Figure {
  const base = { figure: 'accepted after the close, median', unit: 'ms', ours: ours && median(ours) };
  return { ...base, peer, theirsText: why, rounds: 0 };
}
