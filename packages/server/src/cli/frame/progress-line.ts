import type { Call } from './command.ts';

/** Tells on standard error how far a long command has come. */
export interface ProgressLine {
  /** Call it as often as there is news: the text is made only when it is time to show it. */
  show(text: () => string): void;
  /** Takes the line away, before something else is written. */
  clear(): void;
}

/** Milliseconds between two lines: at a terminal, where each replaces the last, and in a log. */
const intervals = { terminal: 200, log: 10_000 };

/** With `--json`, which is for programs, nothing is shown. */
export function createProgressLine(call: Call): ProgressLine {
  const { stderr } = call.stdio;
  const terminal = 'isTTY' in stderr && stderr.isTTY === true;
  const silent = call.flag('json');
  let next = performance.now() + (terminal ? 0 : intervals.log);
  let shown = false;

  function clear(): void {
    if (shown) stderr.write('\r\x1b[K');
    shown = false;
  }

  return {
    show(text) {
      const now = performance.now();
      if (silent || now < next) return;
      next = now + (terminal ? intervals.terminal : intervals.log);
      clear();
      stderr.write(`${text()}${terminal ? '' : '\n'}`);
      shown = terminal;
    },
    clear,
  };
}
