import type { ImportResult } from '../../../import-export/import-accounts.ts';
import type { Call } from '../../frame/command.ts';

/** Says on standard error how far an import has come. */
export interface Progress {
  tell(result: ImportResult): void;
  end(): void;
  /** Says what is stored of an import that did not come to its end. */
  interrupted(): void;
}

/** Milliseconds between two words: at a terminal, where they replace each other, and in a log. */
const intervals = { terminal: 200, log: 10_000 };

/** Keeps silent with `--json`, whose output programs read, except for what is stored of an interrupted import. */
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
    tell(result) {
      last = result;
      const now = performance.now();
      if (silent || now < next) return;
      next = now + (terminal ? intervals.terminal : intervals.log);
      const { records, before, made, refused } = result;
      const rate = Math.round(((records - before) / (now - start)) * 60_000);
      clear();
      stderr.write(
        `${records} lines, ${made} made, ${refused} refused, ${rate} a minute${terminal ? '' : '\n'}`,
      );
      shown = terminal;
    },
    end: clear,
    interrupted() {
      clear();
      if (last === undefined || call.flag('dry-run')) return;
      const told = `${last.records} lines are done and stored. Run it again with the same input to go on behind them.`;
      call.note(silent ? JSON.stringify({ interrupted: { lines: last.records } }) : told);
    },
  };
}
