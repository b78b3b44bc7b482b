import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { TSchema } from '@sinclair/typebox';
import { problemOf, statusOf } from '../http/errors.ts';
import { AppError, type ErrorCode, errorCodes } from '../kernel/errors.ts';
import { given } from '../kernel/given.ts';
import { exampleOf, type Schema } from './reference/example-of.ts';
import { finishDocument } from './reference/finish-document.ts';
import { introductionOf, securitySchemesOf, tags } from './reference/introduction.ts';
import type { Route } from './route.ts';

/** The codes that a route can answer with, from what it declares. */
export function codesOf(route: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(['INVALID_DATA', ...route.access.codes, ...(route.errors ?? [])]);
  if (route.params !== undefined) codes.add('NOT_FOUND');
  if (route.method !== 'GET') codes.add('WRONG_ORIGIN');
  if (route.body !== undefined) codes.add('UNSUPPORTED_MEDIA_TYPE').add('PAYLOAD_TOO_LARGE');
  return [...codes].sort();
}

/** The answers of a route as the document describes them. */
export function responsesOf(route: Route): Record<string, unknown> {
  return { ...successResponses(route), ...errorResponses(route) };
}

function successResponses({ operation, answers, told = {}, events }: Route): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      const description = told[Number(status)] ?? schema?.description ?? 'Done.';
      if (schema === undefined) return [status, { type: 'null', description }];
      const marks = { 'x-example': exampleOf(schema as Schema, operation), 'x-events': events };
      return [status, given({ ...schema, 'x-response-description': description, ...marks })];
    }),
  );
}

/** The failure answers of a route: one per status, with the codes that it can carry. */
function errorResponses(route: Route): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codesOf(route)) {
    const status = statusOf[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${errorCodes[code]}`).join('\n\n'),
        content: {
          'application/problem+json': {
            schema: { $ref: 'Problem#' } as unknown as TSchema,
            'x-codes': codes,
          },
        },
      },
    ]),
  );
}

/** A problem document for each code, as a request that has this id gets it. */
function problemExamples(publicUrl: string): Record<string, { readonly value: object }> {
  return Object.fromEntries(
    (Object.keys(errorCodes) as ErrorCode[]).map((code) => {
      const errors = [{ field: 'email', code: 'INVALID_DATA', message: 'Expected string' }];
      const error = new AppError(code, code === 'INVALID_DATA' ? { errors } : {});
      return [code, { value: problemOf(error, { request_id: '7f3kQz8Wm2-4c' }, publicUrl) }];
    }),
  );
}

/** How @fastify/swagger makes /openapi.json from the routes. */
export function openApiOptions(publicUrl: string, cookieName: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: introductionOf(publicUrl, cookieName),
      servers: [{ url: publicUrl }],
      tags,
      components: { securitySchemes: securitySchemesOf(cookieName) },
    },
    transform: ({ schema, url, route }) => {
      const response = route.config?.responses?.() ?? schema?.response;
      return { schema: { ...schema, response }, url };
    },
    transformObject: (document) =>
      finishDocument((document as { openapiObject: object }).openapiObject, problemExamples(publicUrl)),
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) =>
        typeof json.$id === 'string' ? json.$id : `def-${i}`,
    },
  };
}
