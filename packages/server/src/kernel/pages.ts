/** The part of a list that a caller asks for. */
export interface PageRequest {
  readonly skip: number;
  /** 1 to 100. */
  readonly take: number;
  /** Whether to count the whole list too. */
  readonly total: boolean;
}

/** A part of a list. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly total?: number;
}

export const maxTake = 100;

/** The page with each item converted. */
export function mapPage<T, U>(page: Page<T>, convert: (item: T) => U): Page<U> {
  const data = page.data.map(convert);
  return page.total === undefined ? { data } : { data, total: page.total };
}
