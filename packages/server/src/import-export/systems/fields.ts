import { isJsonObject, type Json, type JsonObject, parseJson } from '@latchkey/verify/internal';
import { readTime } from '../read-time.ts';

/**
 * The fields of a record, by names whose case, spaces, `_`, `-` and `:` do not matter: `email_verified` is `emailVerified` and
 * `Email Verified`.
 */
export interface Fields {
  /** The first of these that has a text or a number. What databases write for null is none. */
  text(...names: readonly string[]): string | undefined;
  /** True, false, or undefined when it says neither. */
  flag(...names: readonly string[]): boolean | undefined;
  /** Unix milliseconds; undefined when there is no time that can be read. */
  time(...names: readonly string[]): number | undefined;
  /** Whether something has happened, such as a deletion, of which the field says when, in whatever spelling. */
  hasHappened(...names: readonly string[]): boolean;
  /** Whether something, such as a ban, lasts beyond `now`. What cannot be read lasts: `infinity`. */
  lasts(now: number, ...names: readonly string[]): boolean;
  /** An object, also as the text of one; empty when there is none. */
  object(...names: readonly string[]): JsonObject;
  /** The same as `object`, with its fields. */
  fields(...names: readonly string[]): Fields;
  /** A list, also as the text of one in JSON or in PostgreSQL's braces, or with commas or spaces; a single item is one. */
  list(...names: readonly string[]): readonly Json[];
  /** The texts of such a list. */
  texts(...names: readonly string[]): readonly string[];
  /** The objects of such a list, with their fields. */
  records(...names: readonly string[]): readonly Fields[];
  /** Whether the record has such a field, empty or not. */
  has(...names: readonly string[]): boolean;
}

/** What programs write for null. */
const none: readonly Json[] = [null, '', '\\N', 'NULL', 'null', '[NULL]', '<null>'];

/** A time at which nothing has happened: false, 0, the first that MySQL and .NET know, and before all others. */
const never = /^(?:0|f|false|0000-00-00.*|0001-01-01.*|-infinity)$/i;

/** A bit of MySQL is a character of that number. */
const truths = new Map([
  ...['true', 't', '1', 'yes', 'y', 'on', '\u0001'].map((text) => [text, true] as const),
  ...['false', 'f', '0', 'no', 'n', 'off', '\0'].map((text) => [text, false] as const),
]);

/** The fields of an object. */
export function fieldsOf(members: JsonObject): Fields {
  const byName = new Map(Object.entries(members).map(([name, value]) => [keyOf(name), value]));

  function find(names: readonly string[]): Json | undefined {
    return names.map((name) => byName.get(keyOf(name))).find((it) => it !== undefined && !none.includes(it));
  }

  const fields: Fields = {
    text: (...names) => textOf(find(names)),
    flag: (...names) => truths.get(String(textOf(find(names))).toLowerCase()),
    time: (...names) => timeOf(find(names)),
    hasHappened: (...names) => hasHappened(find(names)),
    lasts(now, ...names) {
      const value = find(names);
      return hasHappened(value) && (timeOf(value) ?? Number.POSITIVE_INFINITY) > now;
    },
    object: (...names) => objectOf(find(names)),
    fields: (...names) => fieldsOf(objectOf(find(names))),
    list: (...names) => listOf(find(names)),
    texts: (...names) => listOf(find(names)).flatMap((it) => textOf(it) ?? []),
    records: (...names) => listOf(find(names)).filter(isJsonObject).map(fieldsOf),
    has: (...names) => names.some((name) => byName.has(keyOf(name))),
  };
  return fields;
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[\s_:-]/g, '');
}

/** MongoDB writes an id as `{"$oid": "…"}`. */
function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isJsonObject(value) ? textOf(value.$oid ?? value.$numberLong) : undefined;
}

function timeOf(value: Json | undefined): number | undefined {
  if (isJsonObject(value)) return timeOf(value.$date ?? value.$numberLong);
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return readTime(value);
}

function hasHappened(value: Json | undefined): boolean {
  return value !== undefined && !never.test(textOf(value) ?? '');
}

function objectOf(value: Json | undefined): JsonObject {
  if (isJsonObject(value)) return value;
  const parsed = typeof value === 'string' && value.startsWith('{') ? tryJson(value) : undefined;
  return isJsonObject(parsed) ? parsed : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (value === undefined) return [];
  if (typeof value !== 'string') return [value];
  const parsed = value.startsWith('[') ? tryJson(value) : undefined;
  if (Array.isArray(parsed)) return parsed;
  const inner = /^\{(.*)\}$/s.exec(value)?.[1] ?? value;
  return inner.split(/[,;\s]+/).flatMap((item) => item.replace(/^"(.*)"$/, '$1') || []);
}

function tryJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
