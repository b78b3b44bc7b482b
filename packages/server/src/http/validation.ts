import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError, type FieldError } from '../kernel/errors.ts';

/** More would only help somebody who probes. */
const maxErrors = 20;

/**
 * Validates as the schema says: nothing is coerced, dropped or filled in, and unknown members are refused. Query
 * parameters arrive as text, so those that are declared as integers or booleans are read first, in their one spelling.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  const optional = 'x-optional' in schema;
  return (data: unknown) => {
    if (optional && data === undefined) return true;
    const value = httpPart === 'querystring' ? readQuery(schema, data as Record<string, unknown>) : data;
    if (compiled.Check(value)) return { value };
    return { error: invalid(compiled.Errors(value)) };
  };
};

function readQuery(schema: TSchema, query: Record<string, unknown>): Record<string, unknown> {
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

interface CompiledError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message: string;
  readonly params: object;
}

function invalid(found: Iterable<CompiledError>): AppError {
  const errors: FieldError[] = [];
  for (const error of found) {
    for (const field of fieldsOf(error)) {
      if (errors.length < maxErrors) errors.push({ field, code: 'INVALID_DATA', message: error.message });
    }
  }
  return new AppError('INVALID_DATA', { errors });
}

/** Names of fields come from the schema; an unknown one is quoted only while it is short and plain. */
function fieldsOf(error: CompiledError): string[] {
  const base = error.instancePath.slice(1).replaceAll('/', '.');
  const params = error.params as { requiredProperties?: string[]; additionalProperties?: string[] };
  const names = params.requiredProperties ?? params.additionalProperties;
  if (names === undefined) return [base];
  return names.map((name) => {
    const shown = /^[A-Za-z0-9_-]{1,40}$/.test(name) ? name : '(unknown)';
    return base === '' ? shown : `${base}.${shown}`;
  });
}
