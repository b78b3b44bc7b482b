import type { Figure } from './figure.ts';

/** The table as text: one line per figure, and the notes under it. */
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
