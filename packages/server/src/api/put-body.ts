import { isDeepStrictEqual } from 'node:util';
import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox';
import { AppError } from '../kernel/errors.ts';
import { parseIsoTime } from '../kernel/time.ts';
import { closed } from './schemas.ts';

/** A member of an answer that only the server writes. */
export function readOnly<S extends TSchema>(schema: S): S {
  return { ...schema, readOnly: true };
}

/** The body that changes what a GET shows. */
export interface PutBody<C extends TObject> {
  /**
   * What a body may hold: the members that can be changed and, typed only for the validator, those that only the server
   * writes. So what was read can be put back as it is.
   */
  readonly schema: C;
  /** The members that can be changed. */
  changesOf(body: Static<C>): Static<C>;
  /** As `checkReadOnly`, for the members that only the server writes, and for others that this caller may not write. */
  check(body: Static<C>, shown: object, others?: readonly string[]): void;
}

/** Makes the body for changes of what is shown by a schema whose `readOnly` members say what only the server writes. */
export function createPutBody<C extends TObject>(changes: C, shown: TObject): PutBody<C> {
  const fixed = Object.entries(shown.properties).filter(([, schema]) => schema.readOnly === true);
  const names = fixed.map(([name]) => name);
  const members = Object.fromEntries(fixed.map(([name, schema]) => [name, Type.Optional(schema)]));
  return {
    schema: Type.Object({ ...changes.properties, ...members }, closed) as unknown as C,
    changesOf: (body) =>
      Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name))) as Static<C>,
    check: (body, now, others = []) => checkReadOnly([...names, ...others], body, now),
  };
}

/**
 * Refuses members that a caller does not write, unless they are what is stored. Call it with what is locked, so that a
 * time of change which is sent back also tells that nobody else has changed it. Throws INVALID_DATA with their names.
 */
export function checkReadOnly(names: readonly string[], body: object, shown: object): void {
  const [sent, stored] = [body, shown] as Record<string, unknown>[];
  const differ = names.filter(
    (name) => Object.hasOwn(sent!, name) && !isSame(name, sent![name], stored![name]),
  );
  if (differ.length === 0) return;
  const message =
    'is not written by this caller, and is not what is stored now: read it again, or leave it out';
  throw new AppError('INVALID_DATA', {
    errors: differ.map((field) => ({ field, code: 'INVALID_DATA', message })),
  });
}

/** Clients may write one instant in several ways. */
function isSame(name: string, sent: unknown, stored: unknown): boolean {
  if (isDeepStrictEqual(sent, stored)) return true;
  if (!name.endsWith('_time') || typeof sent !== 'string' || typeof stored !== 'string') return false;
  const time = parseIsoTime(sent);
  return time !== undefined && time === parseIsoTime(stored);
}
