import { examples } from './examples.ts';

/** The part of JSON Schema that the API's schemas use. */
export interface Schema {
  readonly title?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly readOnly?: boolean;
}

/**
 * A value that a schema takes; undefined where none is known for a member that is required. Values are those of the
 * table, by `type.member` for one of the types that the member is in, else by `member` where the schema takes it. Members
 * that may be left out are there where the table has them.
 */
export function exampleOf(schema: Schema, name: string, types: readonly string[] = []): unknown {
  for (const type of types) {
    const key = `${type}.${name}`;
    if (Object.hasOwn(examples, key)) return examples[key];
  }
  if (Object.hasOwn(examples, name) && takes(schema, examples[name])) return examples[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  for (const each of schema.anyOf ?? []) {
    const value = exampleOf(each, name, types);
    if (value !== undefined) return value;
  }
  if (schema.items !== undefined) {
    const item = exampleOf(schema.items, name, types);
    return item === undefined ? undefined : [item];
  }
  return isOpen(schema) ? undefined : objectOf(schema, name);
}

function objectOf({ properties = {}, required = [], title }: Schema, name: string): unknown {
  const members: Record<string, unknown> = {};
  const types = title === undefined ? [name] : [name, title];
  const isRequest = name.endsWith('Body');
  for (const [member, schema] of Object.entries(properties)) {
    if (isRequest && schema.readOnly === true) continue;
    const value = exampleOf(schema, member, types);
    if (value !== undefined) members[member] = value;
    else if (required.includes(member)) return undefined;
  }
  return members;
}

/** Whether a schema says nothing of the members. */
function isOpen({ properties = {} }: Schema): boolean {
  return Object.keys(properties).length === 0;
}

function takes(schema: Schema, value: unknown): boolean {
  const { type } = schema;
  if (type === 'integer' || type === 'number') return typeof value === 'number';
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && isOpen(schema);
  return typeof value === type;
}
