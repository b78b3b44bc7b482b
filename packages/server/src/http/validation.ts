import type { TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import type { ValueError } from '@sinclair/typebox/errors';
import type { FastifySchemaCompiler } from 'fastify';
import { AppError, type FieldError } from '../kernel/errors.ts';

/** More would only help somebody who probes. */
const maxErrors = 20;

/**
 * Validates as the schema says: nothing is coerced, dropped or filled in, and unknown members are refused. Query
 * parameters arrive as text, so those that are declared as integers or booleans are read first, in their one spelling.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  let compiled: TypeCheck<TSchema> | undefined;
  const optional = 'x-optional' in schema;
  return (data: unknown) => {
    // Fastify hands in null where there is no body.
    if (optional && (data === undefined || data === null)) return true;
    // With the first request: a start that compiled them all would take a while longer.
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
    if (type === 'boolean' && (text === 'true' || text === 'false')) read[name] = text === 'true';
  }
  return read;
}

/** INVALID_DATA with one failure per field, the first that was found. */
export function invalid(found: Iterable<ValueError>): AppError {
  const errors = new Map<string, FieldError>();
  for (const { path, message } of found) {
    const field = fieldOf(path);
    if (!errors.has(field)) errors.set(field, { field, code: 'INVALID_DATA', message });
    if (errors.size === maxErrors) break;
  }
  return new AppError('INVALID_DATA', { errors: [...errors.values()] });
}

/** A JSON pointer with dots. What is no plain name came from outside and is not quoted. */
function fieldOf(path: string): string {
  const names = path.split('/').slice(1);
  return names.map((name) => (/^[A-Za-z0-9_-]{1,40}$/.test(name) ? name : '(unknown)')).join('.');
}
