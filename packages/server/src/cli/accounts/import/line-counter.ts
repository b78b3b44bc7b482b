const newline = 0x0a;

/** Tells at which line a record begins, from where it ends among the bytes. */
export interface LineCounter {
  /** The bytes that come next. */
  add(chunk: Buffer): void;
  /** The line where a record begins that ends before that byte, and has these cells. Records come in their order. */
  startOf(cells: readonly string[], end: number): number;
}

/** Counts from the first line, 1. */
export function createLineCounter(): LineCounter {
  let size = 0;
  let line = 0;
  /** Where lines end that no record was told of: a parser may be given more than it has answered to. */
  let ends: number[] = [];
  let next = 0;

  return {
    add(chunk) {
      ends = [...ends.slice(next), ...newlinesIn(chunk).map((at) => size + at)];
      next = 0;
      size += chunk.length;
    },
    startOf(cells, end) {
      let last = -1;
      for (; next < ends.length && ends[next]! < end; next += 1, line += 1) last = ends[next]!;
      const own = last === end - 1 ? line : line + 1;
      return cells.reduce((start, cell) => start - cell.split('\n').length + 1, own);
    },
  };
}

function newlinesIn(bytes: Buffer): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) found.push(at);
  return found;
}
