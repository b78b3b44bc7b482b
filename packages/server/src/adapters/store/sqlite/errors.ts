import { AppError } from '../../../kernel/errors.ts';

const busy = 5;

/** Result codes caused by the disk or by other processes, not by the statement (sqlite.org/rescode.html). */
const outages = new Set([
  3, // PERM
  busy,
  6, // LOCKED
  7, // NOMEM
  8, // READONLY
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  15, // PROTOCOL
  22, // NOLFS
  26, // NOTADB
]);

/** Whether another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === busy;
}

/** Throws UNAVAILABLE when the file cannot be used, and any other error as it is. */
export function rethrow(error: unknown): never {
  const code = primaryCode(error);
  if (code === undefined ? isClosed(error) : outages.has(code)) throw unavailable(error);
  throw error;
}

/** UNAVAILABLE with its cause. */
export function unavailable(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', { retryAfter: 1, cause });
}

/** Whether the error is of SQLite, with one of these result codes. */
export function says(error: unknown, codes: readonly number[]): boolean {
  return codes.includes(primaryCode(error) ?? Number.NaN);
}

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & 0xff;
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE';
}
