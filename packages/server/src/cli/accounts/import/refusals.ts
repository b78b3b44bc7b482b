import { closeSync, openSync, writeSync } from 'node:fs';
import type { AppError } from '../../../kernel/errors.ts';
import { type Call, UsageError } from '../../frame/command.ts';
import { reportOf } from '../../frame/report.ts';

/** Where refused lines are told. */
export interface Refusals {
  add(line: number, error: AppError): void;
  close(): void;
}

/**
 * Tells refused lines on standard error, or in the file that `--refused` names: it is added to, so that it holds those
 * of all runs of an interrupted import. Throws a UsageError when that cannot be written.
 */
export function openRefusals(call: Call): Refusals {
  const name = call.text('refused');
  if (name !== undefined) {
    const file = openToAdd(name);
    return {
      // Before the line counts as done: it is with the system when this returns, whatever becomes of this process.
      add: (line, error) => void writeSync(file, `${JSON.stringify(refusalJson(line, error))}\n`),
      close: () => closeSync(file),
    };
  }
  const json = call.flag('json');
  return {
    add: (line, error) =>
      call.note(
        json
          ? JSON.stringify({ refused: refusalJson(line, error) })
          : `Line ${line}: ${reportOf(error).lines.join(' ')}`,
      ),
    close: () => {},
  };
}

function refusalJson(line: number, error: AppError) {
  return { line, ...reportOf(error).error };
}

function openToAdd(name: string): number {
  try {
    return openSync(name, 'a', 0o600);
  } catch {
    throw new UsageError('The file of --refused cannot be written.');
  }
}
