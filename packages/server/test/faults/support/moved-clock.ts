// Loaded before a process's own code: moves its wall clock by as many milliseconds as a file says, now and later.
import { existsSync, readFileSync } from 'node:fs';

const file = process.env.TEST_CLOCK_FILE ?? '';
const RealDate = Date;
const realNow = Date.now.bind(Date);
let offset = 0;

function read(): void {
  // Gone when the test is over.
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  // Empty while it is being written.
  if (text !== '') offset = Number(text);
}

class MovedDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(MovedDate.now());
    else super(...(given as [number]));
  }

  static override now(): number {
    return realNow() + offset;
  }
}

if (file !== '') {
  read();
  setInterval(read, 50).unref();
  globalThis.Date = MovedDate as DateConstructor;
}
