/** The value at quantile `q` (0 to 1) of unsorted numbers; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}

/** The middle value; the mean of the two middle ones of an even count. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/**
 * The median of ours/theirs, round by round. A ratio is formed within a round, whose two sides ran within
 * seconds of each other, so a machine that slows down half-way moves both sides and not the ratio.
 */
export function ratioByRound(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) throw new TypeError('both sides need the same number of rounds');
  return median(ours.map((value, round) => value / theirs[round]!));
}

/** Smallest and largest ratio of the rounds, to show how noisy the machine was. */
export function ratioRange(ours: readonly number[], theirs: readonly number[]): [number, number] {
  const ratios = ours.map((value, round) => value / theirs[round]!);
  return [Math.min(...ratios), Math.max(...ratios)];
}
