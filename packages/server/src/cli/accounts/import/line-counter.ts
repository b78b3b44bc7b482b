const newline = 0x0a;

/** Finds the line at which a record begins, from the position of its end. */
export interface LineCounter {
  /** Adds the next bytes. */
  add(chunk: Buffer): void;
  /** The first line of the record with these cells that ends before that byte. Records must come in order. */
  startOf(cells: readonly string[], end: number): number;
}

/** The first line is 1. */
export function createLineCounter(): LineCounter {
  let size = 0;
  let line = 0;
  /** Line ends after the last record: a parser may have more bytes than it has made records of. */
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
