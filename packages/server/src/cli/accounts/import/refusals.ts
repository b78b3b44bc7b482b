import { closeSync, openSync, writeSync } from 'node:fs';
import type { AppError } from '../../../kernel/errors.ts';
import { type Call, UsageError } from '../../frame/command.ts';
import { reportOf } from '../../frame/report.ts';

/** Reports the lines of which something, or all, is not taken. */
export interface Refusals {
  refuse(line: number, error: AppError): void;
  /** The account came in without a password, because of what is wrong with its hash. */
  dropHash(line: number, error: AppError): void;
  close(): void;
}

/**
 * Reports lines on standard error, or appends them to the file that `--refused` names, which then has those of all runs of an interrupted import. Throws a UsageError when the file cannot be written.
 */
export function openRefusals(call: Call): Refusals {
  const name = call.text('refused');
  if (name !== undefined) {
    const file = openToAppend(name);
    // Synchronous, so that the report is written before the line counts as done, even if this process dies.
    const write = (report: object) => void writeSync(file, `${JSON.stringify(report)}\n`);
    return {
      refuse: (line, error) => write(reportJson(line, error)),
      dropHash: (line, error) => write({ ...reportJson(line, error), without_password: true }),
      close: () => closeSync(file),
    };
  }
  const tell = (member: string, words: string) => (line: number, error: AppError) =>
    call.note(
      call.flag('json')
        ? JSON.stringify({ [member]: reportJson(line, error) })
        : `Line ${line}: ${words}${reportOf(error).lines.join(' ')}`,
    );
  return {
    refuse: tell('refused', ''),
    dropHash: tell('without_password', 'came in without a password. '),
    close: () => {},
  };
}

function reportJson(line: number, error: AppError) {
  return { line, ...reportOf(error).error };
}

function openToAppend(name: string): number {
  try {
    return openSync(name, 'a', 0o600);
  } catch {
    throw new UsageError('This user cannot write the file of --refused.');
  }
}
