interface Line {
  /** From 1. */
  readonly number: number;
  /** Without the line end; undefined when the line is too long. */
  readonly bytes: Buffer | undefined;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Reads lines, those of each chunk together. A line that is too long takes no more memory. */
export async function* readLines(
  source: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<readonly Line[]> {
  let number = 0;
  let parts: Buffer[] = [];
  let size = 0;

  function add(part: Buffer): void {
    size += part.length;
    if (size <= maxBytes + 2) parts.push(part);
    else parts = [];
  }

  function end(): Line {
    number += 1;
    let bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    if (bytes.at(-1) === carriageReturn) bytes = bytes.subarray(0, -1);
    const tooLong = size > maxBytes + 2 || bytes.length > maxBytes;
    parts = [];
    size = 0;
    return { number, bytes: tooLong ? undefined : bytes };
  }

  for await (const chunk of source) {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, at));
      lines.push(end());
      from = at + 1;
    }
    if (from < chunk.length) add(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (size > 0) yield [end()];
}
