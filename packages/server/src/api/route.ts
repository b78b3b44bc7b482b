import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import type { Access, Caller } from './access.ts';
import type { HttpContext } from './context.ts';
import { createCallerLoader } from './load-session.ts';
import { errorResponses } from './openapi.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For the document alone: a serialiser for each would take memory and a good part of the start. */
    failures?: () => Record<string, unknown>;
  }
}

/** One request to a handler, validated. */
export interface Call<Body = unknown, Query = unknown, Params = unknown> {
  readonly body: Body;
  readonly query: Query;
  readonly params: Params;
  /** Undefined only where anybody may call. */
  readonly caller: Caller | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RouteSpec<B extends TSchema, Q extends TSchema, P extends TSchema> {
  readonly method: Method;
  readonly url: string;
  /** Name of the operation, unique. */
  readonly operation: string;
  readonly summary: string;
  readonly access: Access;
  readonly body?: B;
  readonly query?: Q;
  readonly params?: P;
  /** The schema of the answer by status; 204 has none. */
  readonly answers: Readonly<Record<number, TSchema | undefined>>;
  /** Codes that this route answers with, besides those that access and input bring. */
  readonly errors?: readonly ErrorCode[];
  /** What is answered; undefined is 204. */
  handle(ctx: HttpContext, call: Call<Static<B>, Static<Q>, Static<P>>): Promise<unknown> | unknown;
}

/** A row of a route table. */
// biome-ignore lint/suspicious/noExplicitAny: rows of different inputs stand in one table
export type Route = RouteSpec<any, any, any>;

/** Declares a route, so that the handler's input has the types of its schemas. */
export function route<B extends TSchema = TSchema, Q extends TSchema = TSchema, P extends TSchema = TSchema>(
  spec: RouteSpec<B, Q, P>,
): Route {
  return spec;
}

const noQuery = Type.Object({}, { additionalProperties: false });

/** Registers the routes of one domain. A route without a declared access is a TypeError. */
export function registerRoutes(
  server: FastifyInstance,
  ctx: HttpContext,
  tag: string,
  routes: readonly Route[],
): void {
  for (const spec of routes) {
    if (spec.access === undefined) throw new TypeError(`${spec.method} ${spec.url} declares no access`);
    const load = createCallerLoader(ctx, spec.access);
    server.route({
      method: spec.method,
      url: spec.url,
      schema: schemaOf(spec, tag),
      config: { failures: () => errorResponses(spec) },
      onRequest: (request, _reply, done) => {
        load(request).then(() => done(), done);
      },
      ...(spec.body === undefined && {
        preValidation: (request, _reply, done) =>
          done(hasContent(request.body) || bringsUnread(request) ? unexpectedBody() : undefined),
      }),
      handler: async (request, reply) => {
        const { body, query, params, caller } = request;
        const answer = await spec.handle(ctx, { body, query, params, caller, request, reply });
        if (answer === undefined && !reply.sent) reply.code(204);
        return answer;
      },
    });
  }
}

function schemaOf(spec: Route, tag: string): FastifySchema {
  return {
    operationId: spec.operation,
    summary: spec.summary,
    description: `Access: ${spec.access.words}.`,
    tags: [tag],
    security: securityOf(spec.access),
    ...(spec.body !== undefined && { body: spec.body }),
    querystring: spec.query ?? noQuery,
    ...(spec.params !== undefined && { params: spec.params }),
    response: Object.fromEntries(
      Object.entries(spec.answers).map(([status, schema]) => [
        status,
        schema ?? { type: 'null', description: 'Done.' },
      ]),
    ),
  } as FastifySchema;
}

function securityOf(access: Access): readonly Record<string, readonly string[]>[] {
  if (access.load === 'service') return [{ serviceKey: [] }];
  if (access.load === 'proof') return [{ bearer: [], cookie: [] }];
  if (access.load === 'nothing' || access.words === 'anybody') return [];
  return [{ cookie: [] }, { header: [] }];
}

function hasContent(body: unknown): boolean {
  if (body === undefined || body === null) return false;
  return typeof body !== 'object' || Array.isArray(body) || Object.keys(body).length > 0;
}

/** Fastify reads no body of a GET. */
function bringsUnread({ method, headers }: FastifyRequest): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return method === 'GET' && (encoding !== undefined || (length !== undefined && length !== '0'));
}

function unexpectedBody(): AppError {
  return new AppError('INVALID_DATA', { detail: 'This takes no body.' });
}
