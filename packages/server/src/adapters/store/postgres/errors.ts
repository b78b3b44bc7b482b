import { AppError } from '../../../kernel/errors.ts';

const retryable = new Set(['40001', '40P01']);

/**
 * SQLSTATE of outages and time limits, by their beginnings: connection, authorisation (a password that was changed),
 * no such database, resources, cancelled or shut down, system error, corruption, lock not available, idle in
 * transaction, read-only standby.
 */
const outages = ['08', '28', '3D000', '53', '57', '58', 'XX001', 'XX002', '55P03', '25P03', '25P04', '25006'];

/** Whether the transaction can be run again: it lost a race (serialization_failure) or a deadlock. */
export function isRetryable(error: unknown): boolean {
  return retryable.has(sqlStateOf(error) ?? '');
}

/** Whether the connection can no longer be used. */
export function isBroken(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === undefined
    ? !(error instanceof TypeError)
    : state.startsWith('08') || /^57P|^25P0[34]/.test(state);
}

/**
 * The error that the caller gets: UNAVAILABLE for an outage, INVALID_DATA for a text that PostgreSQL cannot hold,
 * otherwise the error itself.
 */
export function translate(error: unknown): unknown {
  if (error instanceof AppError || error instanceof TypeError) return error;
  const state = sqlStateOf(error);
  // An error without a state is not from the server: the connection failed.
  if (state === undefined || outages.some((outage) => state.startsWith(outage))) return unavailable(error);
  if (state === '22021' || state === '22P05') return new AppError('INVALID_DATA', { cause: error });
  return error;
}

/** UNAVAILABLE with its cause. */
export function unavailable(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', { retryAfter: 1, cause });
}

function sqlStateOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (error as object)
    ? code
    : undefined;
}
