import { closeSync, openSync, writeSync } from 'node:fs';
import type { AppError } from '../../../kernel/errors.ts';
import { type Call, UsageError } from '../../frame/command.ts';
import { reportOf } from '../../frame/report.ts';

/** Reports refused lines. */
export interface Refusals {
  add(line: number, error: AppError): void;
  close(): void;
}

/**
 * Reports refused lines on standard error, or appends them to the file that `--refused` names, which then has those of
 * all runs of an interrupted import. Throws a UsageError when the file cannot be written.
 */
export function openRefusals(call: Call): Refusals {
  const name = call.text('refused');
  if (name !== undefined) {
    const file = openToAppend(name);
    return {
      // Synchronous, so that the report is written before the line counts as done, even if this process dies.
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

function openToAppend(name: string): number {
  try {
    return openSync(name, 'a', 0o600);
  } catch {
    throw new UsageError('This user cannot write the file of --refused.');
  }
}
