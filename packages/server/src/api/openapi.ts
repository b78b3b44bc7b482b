import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { TSchema } from '@sinclair/typebox';
import { statusOf } from '../http/errors.ts';
import { type ErrorCode, errorCodes } from '../kernel/errors.ts';
import type { Route } from './route.ts';

/** The codes that a route can answer with, from what it declares. */
export function codesOf(route: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(['INVALID_DATA', ...route.access.codes, ...(route.errors ?? [])]);
  if (route.params !== undefined) codes.add('NOT_FOUND');
  if (route.method !== 'GET') codes.add('WRONG_ORIGIN');
  if (route.body !== undefined) codes.add('UNSUPPORTED_MEDIA_TYPE').add('PAYLOAD_TOO_LARGE');
  return [...codes].sort();
}

/** The failure answers of a route: one per status, with the codes that it can carry. */
export function errorResponses(route: Route): Record<string, unknown> {
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
        content: { 'application/problem+json': { schema: { $ref: 'Problem#' } as unknown as TSchema } },
      },
    ]),
  );
}

/** How @fastify/swagger makes /openapi.json from the routes. */
export function openApiOptions(publicUrl: string, cookieName: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Latchkey',
        version: '0.1.0',
        description:
          'Sign-in and sessions. The facade for people is under /api/v1, the auth interface for services under /auth.\n\n' +
          'Every request may bring a correlation id, as `x-correlation-id` or in `traceparent`; the answer echoes it in ' +
          '`x-correlation-id`. Under /api/v1 every query may hold it as `correlation_id`; `paging` changes nothing there.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: cookieName,
            description: 'The session credential.',
          },
          header: {
            type: 'apiKey',
            in: 'header',
            name: 'x-session-id',
            description: 'The session credential.',
          },
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token.' },
          serviceKey: { type: 'http', scheme: 'bearer', description: "A service's key." },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const response = { ...(schema?.response as object | undefined), ...route.config?.failures?.() };
      return { schema: { ...schema, response }, url };
    },
    transformObject: (document) => markOptionalBodies((document as { openapiObject: object }).openapiObject),
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) =>
        typeof json.$id === 'string' ? json.$id : `def-${i}`,
    },
  };
}

interface Described {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, { readonly requestBody?: Body }>>>>;
}
interface Body {
  required: boolean;
  readonly content: Readonly<Record<string, { readonly schema: Record<string, unknown> }>>;
}

/** @fastify/swagger calls every body required. */
function markOptionalBodies<T extends Described>(document: T): T {
  for (const operations of Object.values(document.paths ?? {})) {
    for (const { requestBody } of Object.values(operations)) {
      const schema = requestBody?.content['application/json']?.schema;
      if (schema === undefined || !('x-optional' in schema)) continue;
      delete schema['x-optional'];
      requestBody!.required = false;
    }
  }
  return document;
}
