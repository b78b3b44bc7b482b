import type { Rate } from './rounds.ts';
import { median, ratioByRound, ratioRange } from './stats.ts';

/** One line of the table. */
export interface Figure {
  figure: string;
  unit: string;
  /** Median of the rounds; absent in a run of the peers only. */
  ours?: number | undefined;
  peer?: string;
  theirs?: number;
  /** Instead of `theirs` where that is no number: `> 30 s`. */
  theirsText?: string;
  /** Median over the rounds of ours/theirs, and its smallest and largest round. */
  ratio?: number;
  range?: [number, number];
  /** The ratio by processor time: about what it would be if nobody else used the cores. */
  cpuRatio?: number;
  rounds: number;
  /** Absent where the line has none. */
  target?: { sense: 'at least' | 'at most'; value: number; unit?: string };
  /** `unsure`: the ratio and the one by processor time are on two sides of the target. */
  reached?: boolean | 'unsure';
  note?: string;
}

/** Ours against a peer, both measured in the same rounds; `atLeast` is the wanted ratio. */
export function against(
  figure: string,
  unit: string,
  ours: readonly Rate[] | undefined,
  peer: string,
  theirs: readonly Rate[],
  atLeast?: number,
): Figure {
  const base = { figure, unit, peer, theirs: median(wall(theirs)), rounds: theirs.length };
  const target = atLeast === undefined ? {} : { target: { sense: 'at least' as const, value: atLeast } };
  if (!ours) return { ...base, ...target };
  const ratio = ratioByRound(wall(ours), wall(theirs));
  const cpuRatio = ratioByRound(cpu(ours), cpu(theirs));
  return {
    ...base,
    ours: median(wall(ours)),
    ratio,
    range: ratioRange(wall(ours), wall(theirs)),
    cpuRatio,
    ...target,
    ...(atLeast === undefined ? {} : { reached: verdict(ratio >= atLeast, cpuRatio >= atLeast) }),
  };
}

const wall = (rates: readonly Rate[]) => rates.map((rate) => rate.wall);
const cpu = (rates: readonly Rate[]) => rates.map((rate) => rate.cpu);

function verdict(byTime: boolean, byCpu: boolean): boolean | 'unsure' {
  return byTime === byCpu ? byTime : 'unsure';
}

/** A figure of ours only, which is to be `atMost` or less. */
export function within(figure: string, unit: string, values: readonly number[], atMost?: number): Figure {
  const ours = median(values);
  const base = { figure, unit, ours, rounds: values.length };
  if (atMost === undefined) return base;
  return { ...base, target: { sense: 'at most', value: atMost }, reached: ours <= atMost };
}

/** A rate of ours only, which is to be `wanted` or more. */
export function atLeast(figure: string, unit: string, values: readonly number[], wanted: number): Figure {
  const ours = median(values);
  const target = { sense: 'at least' as const, value: wanted, unit };
  return { figure, unit, ours, rounds: values.length, target, reached: ours >= wanted };
}
