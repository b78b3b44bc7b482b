import { AppError } from '../../../kernel/errors.ts';
import { ExplainedError, explain, sqlStateOf } from './explain.ts';

const retryable = new Set(['40001', '40P01']);

/**
 * SQLSTATE of what is no mistake of ours, by their beginnings: connection, authorisation (a password that was changed),
 * no such database or schema, resources, cancelled or shut down, system error, corruption, lock not available, idle in
 * transaction, read-only; rights that were not granted, and tables that another schema or a half restored backup lacks.
 */
const outages = [
  ...['08', '28', '3D000', '3F000', '53', '57', '58', 'XX001', 'XX002', '55P03', '25P03', '25P04', '25006'],
  ...['42501', '42P01', '42703'],
  // Where nobody runs the statement again: `isRetryable`.
  ...retryable,
];

/** Whether the transaction can be run again: it lost a race (serialization_failure) or a deadlock. */
export function isRetryable(error: unknown): boolean {
  return retryable.has(sqlStateOf(error) ?? '');
}

/** Whether the connection can no longer be used, or leads to a server that was the primary. */
export function isBroken(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === undefined
    ? !(error instanceof TypeError)
    : state.startsWith('08') || /^57P|^25P0[34]|^25006/.test(state);
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

/** UNAVAILABLE with its cause, which says what can be done about it. */
export function unavailable(error: unknown): AppError {
  const sentence = explain(error);
  const cause = sentence === undefined ? error : new ExplainedError(sentence, { cause: error });
  return new AppError('UNAVAILABLE', { retryAfter: 1, cause });
}

/** Whether the statement failed because one before it in its transaction had failed. */
export function isAborted(error: unknown): boolean {
  return sqlStateOf(error) === '25P02';
}

/** Whether an error lasts until somebody changes rights, schemas or tables. */
export function isLasting(error: unknown): boolean {
  const { cause } = error as { readonly cause?: unknown };
  return /^(42|3F)/.test(sqlStateOf(error) ?? sqlStateOf(cause) ?? '');
}

/** Whether the connection does not have, or has otherwise, the statement that was prepared on it by name. */
export function hasLostStatement(error: unknown): boolean {
  return ['26000', '42P05', '0A000'].includes(sqlStateOf(error) ?? '');
}
