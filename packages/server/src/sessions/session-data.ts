import { invalidField } from '../kernel/errors.ts';

/** What an application keeps with a session. */
export type SessionData = Readonly<Record<string, unknown>>;

/** Bytes of a session's data as JSON. */
export const maxDataSize = 4096;

/** Checks the data of a session and returns it. Throws INVALID_DATA when it is too large. */
export function checkSessionData(data: SessionData): SessionData {
  if (Buffer.byteLength(JSON.stringify(data)) > maxDataSize) {
    throw invalidField('data', `must be at most ${maxDataSize} bytes of JSON`);
  }
  return data;
}

/** Applies a JSON Merge Patch (RFC 7396) to an object: objects are merged, null removes a member, the rest replaces. */
export function applyMergePatch(target: SessionData, patch: SessionData): SessionData {
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, isObject(value) ? applyMergePatch(objectOr(merged.get(name)), value) : value);
  }
  return Object.fromEntries(merged);
}

function objectOr(value: unknown): SessionData {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is SessionData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
