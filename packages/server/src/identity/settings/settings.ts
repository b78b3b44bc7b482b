import { AppError, invalidField } from '../../kernel/errors.ts';

export type Parameters = Record<string, unknown>;

/** Named parameters under one id: an account's own, whose id is the account's, or any other that admins keep. */
export interface Section {
  readonly id: string;
  readonly parameters: Parameters;
  /** Unix milliseconds; absent when it was never set. */
  readonly updateTime?: number;
}

/** What a change does to a section's parameters. */
export interface ParameterChanges {
  /** By key; null removes the parameter. */
  readonly set: Readonly<Parameters>;
  /** By key, what is added to a number; a parameter that is missing counts as 0. */
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

/** Throws INVALID_DATA unless every name can be a parameter's. */
export function checkKeys(keys: readonly string[]): void {
  for (const key of keys) {
    if (!keyPattern.test(key) || key === '__proto__') {
      throw invalidField('parameters', 'the name of a parameter must be [A-Za-z0-9_.-]{1,64}');
    }
  }
}

/** The parameters, unless a name cannot be one, or there are too many, or they are too large: INVALID_DATA. */
export function checkParameters(parameters: Parameters): Parameters {
  const keys = Object.keys(parameters);
  checkKeys(keys);
  if (keys.length > maxParameters) throw invalidField('parameters', `must be ${maxParameters} at most`);
  if (Buffer.byteLength(JSON.stringify(parameters)) > maxParametersSize) {
    throw invalidField('parameters', `must be ${maxParametersSize} bytes of JSON at most`);
  }
  return parameters;
}

/**
 * The parameters after the changes. Throws INVALID_DATA for what `checkParameters` refuses and for a key that is both
 * set and increased, CONFLICT when what is to be increased is no number, or would become one that is not exact.
 */
export function changedParameters(present: Parameters, { set, increment }: ParameterChanges): Parameters {
  checkKeys([...Object.keys(set), ...Object.keys(increment)]);
  const changed = new Map(Object.entries(present));
  for (const [key, value] of Object.entries(set)) {
    if (value === null) changed.delete(key);
    else changed.set(key, value);
  }
  for (const [key, by] of Object.entries(increment)) {
    if (Object.hasOwn(set, key)) throw invalidField(`increment.${key}`, 'is set by the same change');
    changed.set(key, sum(changed.get(key) ?? 0, by));
  }
  return checkParameters(Object.fromEntries(changed));
}

function sum(present: unknown, by: number): number {
  if (typeof present !== 'number') throw new AppError('CONFLICT', { detail: 'The parameter is no number.' });
  const total = present + by;
  const whole = Number.isInteger(present) && Number.isInteger(by);
  if (!Number.isFinite(total) || (whole && !Number.isSafeInteger(total))) {
    throw new AppError('CONFLICT', { detail: 'The parameter would be too large a number.' });
  }
  return total;
}
