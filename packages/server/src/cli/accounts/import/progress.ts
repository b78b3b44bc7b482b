import type { ImportResult } from '../../../import-export/import-accounts.ts';
import type { Call } from '../../frame/command.ts';
import { createProgressLine } from '../../frame/progress-line.ts';

/** Shows the progress of an import on standard error. */
export interface Progress {
  show(result: ImportResult): void;
  clear(): void;
  /** Says how much of an interrupted import is stored. */
  reportInterruption(): void;
}

/** With `--json`, which is for programs, only an interruption is reported. */
export function createProgress(call: Call): Progress {
  const line = createProgressLine(call);
  const start = performance.now();
  let last: ImportResult | undefined;

  return {
    show(result) {
      last = result;
      line.show(() => {
        const { records, before, made, refused } = result;
        const rate = Math.round(((records - before) / (performance.now() - start)) * 60_000);
        return `${records} lines, ${made} created, ${refused} refused, ${rate} per minute`;
      });
    },
    clear: line.clear,
    reportInterruption() {
      line.clear();
      if (last === undefined || call.flag('dry-run')) return;
      const text = `${last.records} lines are done and stored. Run the import again with the same input to continue after them.`;
      call.note(call.flag('json') ? JSON.stringify({ interrupted: { lines: last.records } }) : text);
    },
  };
}
