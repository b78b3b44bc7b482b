import type { Rate } from './rounds.ts';
import { median, ratioByRound, ratioRange } from './stats.ts';

/** One line of the table. */
export interface Figure {
  figure: string;
  unit: string;
  /** Median of the rounds; absent in a run of the peers alone. */
  ours?: number | undefined;
  peer?: string;
  theirs?: number;
  /** Stands in the place of `theirs` where that is no number: `> 30,000 ms`. */
  theirsText?: string;
  /** Median over the rounds of ours/theirs, and its smallest and largest round. */
  ratio?: number;
  range?: [number, number];
  /** The ratio by processor time: what it would be if nobody else used the cores. */
  cpuRatio?: number;
  rounds: number;
  /** Absent where the line is only there to be read. */
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

/** A figure of ours alone, that is to stay within `atMost`. */
export function within(figure: string, unit: string, values: readonly number[], atMost?: number): Figure {
  const ours = median(values);
  const base = { figure, unit, ours, rounds: values.length };
  if (atMost === undefined) return base;
  return { ...base, target: { sense: 'at most', value: atMost }, reached: ours <= atMost };
}

/** A rate of ours alone, that is to reach `wanted`. */
export function atLeast(figure: string, unit: string, values: readonly number[], wanted: number): Figure {
  const ours = median(values);
  const target = { sense: 'at least' as const, value: wanted, unit };
  return { figure, unit, ours, rounds: values.length, target, reached: ours >= wanted };
}

/** The table as text, one line per figure, and a line per failed row under it. */
export function printTable(figures: readonly Figure[]): string {
  const head = [
    'figure',
    'ours',
    'peer',
    'theirs',
    'ratio',
    'rounds min..max',
    'by CPU',
    'target',
    'reached',
  ];
  const lines = figures.map((it) => [
    it.figure,
    it.ours === undefined ? '-' : amount(it.ours, it.unit),
    it.peer ?? '',
    it.theirs === undefined ? (it.theirsText ?? '') : amount(it.theirs, it.unit),
    it.ratio === undefined ? '' : it.ratio.toFixed(2),
    it.range ? `${it.rounds}: ${it.range.map((value) => value.toFixed(2)).join('..')}` : String(it.rounds),
    it.cpuRatio === undefined ? '' : it.cpuRatio.toFixed(2),
    target(it),
    { undefined: '', true: 'yes', false: 'NO', unsure: 'unsure' }[String(it.reached)]!,
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]!.length)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const notes = figures.filter((it) => it.note).map((it) => `${it.figure}: ${it.note}`);
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row), '', ...notes].join(
    '\n',
  );
}

function target({ target, unit }: Figure): string {
  if (!target) return '';
  if (target.unit !== undefined) return `>= ${amount(target.value, target.unit)}`;
  return target.sense === 'at least'
    ? `>= ${Number(target.value.toFixed(2))} x`
    : `<= ${amount(target.value, unit)}`;
}

function amount(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: digits })} ${unit}`;
}
