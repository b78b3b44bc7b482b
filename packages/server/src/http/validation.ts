import type { TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors';
import type { FastifySchemaCompiler } from 'fastify';
import { AppError, type FieldError } from '../kernel/errors.ts';

/** More errors would only help an attacker who probes. */
const maxErrors = 20;

/**
 * Validates by the schema only: nothing is coerced, dropped or filled in, and unknown members are refused. Query
 * parameters are text, so declared integers and booleans are read first. Each value has one spelling, but `total` takes
 * digits too.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  let compiled: TypeCheck<TSchema> | undefined;
  const optional = 'x-optional' in schema;
  return (data: unknown) => {
    // Fastify passes null for a missing body.
    if (optional && (data === undefined || data === null)) return true;
    // Compiled with the first request: compiling them all would make the start slower.
    compiled ??= TypeCompiler.Compile(schema);
    const value = httpPart === 'querystring' ? readQuery(schema, data as Record<string, unknown>) : data;
    if (compiled.Check(value)) return { value };
    return { error: invalid(compiled.Errors(value)) };
  };
};

function readQuery(schema: TSchema, query: Record<string, unknown>): Record<string, unknown> {
  if (Object.keys(query).length === 0) return query;
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {};
  const read: Record<string, unknown> = { ...query };
  for (const [name, text] of Object.entries(query)) {
    const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
    if (type === 'integer' && typeof text === 'string' && /^(?:0|[1-9][0-9]{0,14})$/.test(text))
      read[name] = Number(text);
    if (type === 'boolean') read[name] = readBoolean(text, name === 'total') ?? text;
  }
  return read;
}

/** The first design's clients send `total` as a digit; nothing else has two spellings. */
function readBoolean(text: unknown, digits: boolean): boolean | undefined {
  if (text === 'true' || (digits && text === '1')) return true;
  return text === 'false' || (digits && text === '0') ? false : undefined;
}

/** Plain words for the failures that people meet most: TypeBox's own speak of properties and unions. */
const words: { readonly [Type in ValueErrorType]?: string } = {
  [ValueErrorType.ObjectRequiredProperty]: 'is missing',
  [ValueErrorType.ObjectAdditionalProperties]: 'is unknown',
  [ValueErrorType.Union]: 'is none of the values that are allowed',
};

/** INVALID_DATA with the first failure of each field. */
export function invalid(found: Iterable<ValueError>): AppError {
  const errors = new Map<string, FieldError>();
  for (const { path, type, message } of found) {
    const field = fieldOf(path);
    if (!errors.has(field))
      errors.set(field, { field, code: 'INVALID_DATA', message: words[type] ?? message });
    if (errors.size === maxErrors) break;
  }
  return new AppError('INVALID_DATA', { errors: [...errors.values()] });
}

/** A JSON pointer, written with dots. A name that is not plain comes from the caller, and is not quoted. */
function fieldOf(path: string): string {
  const names = path.split('/').slice(1);
  return names.map((name) => (/^[A-Za-z0-9_-]{1,40}$/.test(name) ? name : '(unknown)')).join('.');
}
