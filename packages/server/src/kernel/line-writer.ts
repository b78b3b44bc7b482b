import { write, writeSync } from 'node:fs';

/** How many bytes of lines may wait. */
const maxWaiting = 1024 * 1024;
/** When an output that took nothing is tried again. Milliseconds. */
const pause = { busy: 20, broken: 1000 };

/** Where lines go to. It takes a part of the bytes and tells how many, or fails. */
type Output = (bytes: Buffer, done: (error: NodeJS.ErrnoException | null, written: number) => void) => void;

export interface LineWriter {
  /** Writes the line soon, after those before it. A line for which there is no room is lost, and counted. */
  write(line: string): void;
  /** Has what waits written at once, as far as the output takes it; for the end of the process. */
  flush(): void;
}

/** Writes lines to a file descriptor, and what waits when the process ends. `onLoss` as for `createLineWriter`. */
export function writeLinesTo(fd: number, onLoss: (count: number) => void): LineWriter {
  const writer = createLineWriter(
    (bytes, done) => write(fd, bytes, done),
    (bytes) => writeSync(fd, bytes),
    onLoss,
  );
  process.once('exit', () => writer.flush());
  return writer;
}

/**
 * Writes lines without ever waiting for the output: a log on a full disk, or a reader that has stopped reading, must not
 * stop the process that writes. What does not fit into a mebibyte is lost; once the output takes lines again, `onLoss`
 * is told how many, and may write a line.
 */
export function createLineWriter(
  output: Output,
  outputNow: (bytes: Buffer) => number,
  onLoss: (count: number) => void,
): LineWriter {
  let lines: string[] = [];
  let waiting = 0;
  let lost = 0;
  /** What is being written; it may be a part of a line. */
  let current: Buffer | undefined;
  /** Whether `next` runs, or will. */
  let isWriting = false;

  function next(): void {
    if (current === undefined) {
      isWriting = lines.length > 0;
      if (!isWriting) return;
      current = Buffer.from(lines.join(''));
      lines = [];
    }
    output(current, (error, written) => {
      if (error !== null) {
        const busy = error.code === 'EAGAIN' || error.code === 'EINTR';
        setTimeout(next, busy ? pause.busy : pause.broken).unref();
        return;
      }
      waiting -= written;
      current = written < current!.length ? current!.subarray(written) : undefined;
      if (current === undefined) tellLosses();
      next();
    });
  }

  function tellLosses(): void {
    if (lost === 0) return;
    const count = lost;
    lost = 0;
    onLoss(count);
  }

  return {
    write(line) {
      if (waiting + line.length > maxWaiting) {
        lost += 1;
        return;
      }
      lines.push(line);
      waiting += Buffer.byteLength(line);
      if (isWriting) return;
      isWriting = true;
      // The lines of one turn go out together.
      setImmediate(next);
    },
    flush() {
      let rest = Buffer.concat([current ?? Buffer.alloc(0), Buffer.from(lines.join(''))]);
      try {
        while (rest.length > 0) rest = rest.subarray(outputNow(rest));
      } catch {
        // The output takes nothing, and the process must end.
      }
    },
  };
}
