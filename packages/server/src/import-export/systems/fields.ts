import { isJsonObject, type Json, type JsonObject, parseJson } from '@latchkey/verify/internal';
import { readTime } from '../read-time.ts';

/** The fields of a record, by names whose case, `_`, `-` and `:` do not matter: `email_verified` is `emailVerified`. */
export interface Fields {
  /** The first of these that has a text or a number. What databases write for null is none. */
  text(...names: readonly string[]): string | undefined;
  /** True, false, or undefined when it says neither. */
  flag(...names: readonly string[]): boolean | undefined;
  /** Unix milliseconds; undefined when there is no time that can be read. */
  time(...names: readonly string[]): number | undefined;
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

const none: readonly Json[] = [null, '', '\\N', 'NULL'];

const truths = new Map([
  ...['true', 't', '1', 'yes'].map((text) => [text, true] as const),
  ...['false', 'f', '0', 'no'].map((text) => [text, false] as const),
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
  return name.toLowerCase().replace(/[_:-]/g, '');
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
