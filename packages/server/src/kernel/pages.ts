/** Which part of a list is asked for. */
export interface PageRequest {
  readonly skip: number;
  /** 1 to 100. */
  readonly take: number;
  /** Whether to count the whole list as well. */
  readonly total: boolean;
}

/** A part of a list. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly total?: number;
}

export const maxTake = 100;

/** The same page with each of its items turned into something else. */
export function mapPage<T, U>(page: Page<T>, turn: (item: T) => U): Page<U> {
  const data = page.data.map(turn);
  return page.total === undefined ? { data } : { data, total: page.total };
}
