/** The candidate that is spelled most like the name. */
export function nearest(name: string, candidates: readonly string[]): string {
  const distances = candidates.map((candidate) => distance(name, candidate));
  return candidates[distances.indexOf(Math.min(...distances))]!;
}

/** How many characters must be added, removed or changed (Levenshtein). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
