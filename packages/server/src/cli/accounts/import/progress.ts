import type { ImportResult } from '../../../import-export/import-accounts.ts';
import type { Call } from '../../frame/command.ts';

/** Shows the progress of an import on standard error. */
export interface Progress {
  show(result: ImportResult): void;
  clear(): void;
  /** Says how much of an interrupted import is stored. */
  reportInterruption(): void;
}

/** Milliseconds between two lines: at a terminal, where each replaces the last, and in a log. */
const intervals = { terminal: 200, log: 10_000 };

/** With `--json`, which is for programs, only an interruption is reported. */
export function createProgress(call: Call): Progress {
  const { stderr } = call.stdio;
  const terminal = 'isTTY' in stderr && stderr.isTTY === true;
  const silent = call.flag('json');
  const start = performance.now();
  let next = start + (terminal ? 0 : intervals.log);
  let last: ImportResult | undefined;
  let shown = false;

  function clear(): void {
    if (shown) stderr.write('\r\x1b[K');
    shown = false;
  }

  return {
    show(result) {
      last = result;
      const now = performance.now();
      if (silent || now < next) return;
      next = now + (terminal ? intervals.terminal : intervals.log);
      const { records, before, made, refused } = result;
      const rate = Math.round(((records - before) / (now - start)) * 60_000);
      clear();
      stderr.write(
        `${records} lines, ${made} created, ${refused} refused, ${rate} per minute${terminal ? '' : '\n'}`,
      );
      shown = terminal;
    },
    clear,
    reportInterruption() {
      clear();
      if (last === undefined || call.flag('dry-run')) return;
      const text = `${last.records} lines are done and stored. Run the import again with the same input to continue after them.`;
      call.note(silent ? JSON.stringify({ interrupted: { lines: last.records } }) : text);
    },
  };
}
