const newline = 0x0a;

/** Tells at which line a record begins, from where it ends among the bytes. */
export interface LineCounter {
  /** The bytes that come next. */
  add(chunk: Buffer): void;
  /** The line where a record begins that ends before that byte, and has these cells. */
  startOf(cells: readonly Buffer[], end: number): number;
}

/** Counts from the first line, 1. */
export function createLineCounter(): LineCounter {
  let chunk: Buffer = Buffer.alloc(0);
  let chunkStart = 0;
  /** What is counted, up to here. */
  let at = 0;
  let ends = 0;

  function countTo(offset: number): void {
    ends += newlinesIn(chunk.subarray(at - chunkStart, offset - chunkStart));
    at = offset;
  }

  return {
    add(next) {
      countTo(chunkStart + chunk.length);
      chunkStart += chunk.length;
      chunk = next;
    },
    startOf(cells, end) {
      countTo(end);
      const last = chunk[end - chunkStart - 1] === newline ? ends : ends + 1;
      return cells.reduce((line, cell) => line - newlinesIn(cell), last);
    },
  };
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}
