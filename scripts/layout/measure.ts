/** How files hang together by folder: what `scripts/layout.ts` counts. */
import { findCycles } from './cycles.ts';

/** One file imports another; paths are relative to the source folder. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

export interface Layout {
  /** Pairs of entries at the top of the source of which the first imports the second. */
  readonly arrows: readonly string[];
  /** Those that run from a lower group to a higher one. */
  readonly upwards: readonly string[];
  /** Those of them that are more than types. */
  readonly upwardValues: readonly string[];
  /** Files and folders side by side, at any depth, that import values of each other in a circle. */
  readonly cycles: readonly (readonly string[])[];
}

/** Measures the imports against the order of the groups, from the top to the bottom. */
export function measureLayout(imports: readonly Import[], groups: readonly string[]): Layout {
  const between = imports.filter(({ from, to }) => topOf(from) !== topOf(to));
  const rank = (path: string) => groups.indexOf(topOf(path));
  const isUpward = ({ from, to }: Import) => rank(from) >= 0 && rank(to) >= 0 && rank(from) > rank(to);
  const values = imports.filter(({ typeOnly }) => !typeOnly);
  const cycles = findCycles(values.flatMap(placesOf));
  return {
    arrows: namesOf(between),
    upwards: namesOf(between.filter(isUpward)),
    upwardValues: namesOf(between.filter((one) => isUpward(one) && !one.typeOnly)),
    cycles,
  };
}

function namesOf(imports: readonly Import[]): string[] {
  return [...new Set(imports.map(({ from, to }) => `${topOf(from)} → ${topOf(to)}`))].sort();
}

/** The entry at the top of the source that holds the file. */
function topOf(path: string): string {
  return path.split('/')[0]!;
}

/** The two files or folders that stand side by side, of which one holds the importing file and the other the imported. */
function placesOf({ from, to }: Import): (readonly [string, string])[] {
  const [a, b] = [from.split('/'), to.split('/')];
  const depth = a.findIndex((name, index) => name !== b[index]);
  return depth < 0 ? [] : [[a.slice(0, depth + 1).join('/'), b.slice(0, depth + 1).join('/')]];
}
