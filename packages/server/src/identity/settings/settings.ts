import { AppError, invalidField } from '../../kernel/errors.ts';

export type Parameters = Record<string, unknown>;

/** Named parameters under one id: an account's id for its own section, or any other id that admins choose. */
export interface Section {
  readonly id: string;
  readonly parameters: Parameters;
  /** Unix milliseconds; absent when it was never set. */
  readonly updateTime?: number;
}

/** Changes to a section's parameters. */
export interface ParameterChanges {
  /** By key; null removes the parameter. */
  readonly set: Readonly<Parameters>;
  /** By key, the amount to add to a number; a missing parameter counts as 0. */
  readonly increment: Readonly<Record<string, number>>;
}

/** Bytes of a section's parameters as JSON. */
export const maxParametersSize = 16 * 1024;
export const maxParameters = 100;
const keyPattern = /^[A-Za-z0-9_.-]{1,64}$/;

/** Whether the text can be a section's id. */
export function isSectionId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/** Throws INVALID_DATA unless every key is a valid name of a parameter. */
export function checkKeys(keys: readonly string[]): void {
  for (const key of keys) {
    if (!keyPattern.test(key) || key === '__proto__') {
      throw invalidField('parameters', 'names must match [A-Za-z0-9_.-]{1,64}');
    }
  }
}

/**
 * Checks parameters and returns them. Throws INVALID_DATA when a name is not valid, or they are too many or
 * too large.
 */
export function checkParameters(parameters: Parameters): Parameters {
  const keys = Object.keys(parameters);
  checkKeys(keys);
  if (keys.length > maxParameters) throw invalidField('parameters', `must be at most ${maxParameters}`);
  if (Buffer.byteLength(JSON.stringify(parameters)) > maxParametersSize) {
    throw invalidField('parameters', `must be at most ${maxParametersSize} bytes of JSON`);
  }
  return parameters;
}

/**
 * Applies changes; returns the new parameters. Throws INVALID_DATA for what `checkParameters` refuses and for
 * a key that is both set and incremented, CONFLICT when an incremented parameter is not a number, or the sum
 * would not be exact.
 */
export function applyParameterChanges(present: Parameters, { set, increment }: ParameterChanges): Parameters {
  checkKeys([...Object.keys(set), ...Object.keys(increment)]);
  const changed = new Map(Object.entries(present));
  for (const [key, value] of Object.entries(set)) {
    if (value === null) changed.delete(key);
    else changed.set(key, value);
  }
  for (const [key, by] of Object.entries(increment)) {
    if (Object.hasOwn(set, key)) throw invalidField(`increment.${key}`, 'is set by the same change');
    changed.set(key, increase(changed.get(key) ?? 0, by));
  }
  return checkParameters(Object.fromEntries(changed));
}

function increase(present: unknown, by: number): number {
  if (typeof present !== 'number')
    throw new AppError('CONFLICT', { detail: 'The parameter is not a number.' });
  const total = present + by;
  const whole = Number.isInteger(present) && Number.isInteger(by);
  if (!Number.isFinite(total) || (whole && !Number.isSafeInteger(total))) {
    throw new AppError('CONFLICT', { detail: 'The sum would be too large to be exact.' });
  }
  return total;
}
