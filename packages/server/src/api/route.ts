import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { readMethods } from '../http/add-page.ts';
import { bringsBytes } from '../http/body.ts';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { createTurns } from '../kernel/turns.ts';
import { requireFresh } from '../sessions/require-fresh.ts';
import type { Access, AccessKind, Caller } from './access.ts';
import type { HttpContext } from './context.ts';
import { loaders } from './load-caller.ts';
import { responsesOf } from './openapi.ts';
import { type Maybe, type PathMembers, type PathOf, pathSchema, readPath, requirePath } from './path.ts';
import { closed } from './schemas.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For the document only: a serialiser for each would take memory and make the start much slower. */
    responses?: () => Record<string, unknown>;
  }
}

/** One request to a handler, validated. */
export interface Call<Who, Path, Body, Query> {
  /** Who calls, as the access says. */
  readonly caller: Who;
  /** What the path names. */
  readonly params: Path;
  readonly body: Body;
  readonly query: Query;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RouteSpec<
  Who,
  K extends AccessKind,
  M extends PathMembers,
  B extends TSchema,
  Q extends TSchema,
> {
  readonly method: Method;
  readonly url: string;
  /** Name of the operation, unique. */
  readonly operation: string;
  /** A short title: what it does, at most 50 characters. */
  readonly summary: string;
  /** What the title does not say, in whole sentences. */
  readonly description?: string;
  readonly access: Access<Who, NoInfer<PathOf<M>>, K>;
  readonly params?: M;
  readonly body?: B;
  /** Types of the body besides `application/json`, which are JSON as well. */
  readonly takes?: readonly string[];
  /** Turns other forms of the body into the one that the schema describes. */
  readonly readBody?: (sent: unknown) => unknown;
  readonly query?: Q;
  /** The schema of the answer, by status; 204 has none. */
  readonly answers: Readonly<Record<number, TSchema | undefined>>;
  /** What an answer is, by status, where its schema does not say so. */
  readonly told?: Readonly<Record<number, string>>;
  /** Whether the answer may be long, as those are that come in pages. */
  readonly long?: true;
  /** An example of the stream of events that the route answers with by default. */
  readonly events?: string;
  /** What the operation itself reads of the request's proof, where its access looks at nothing. */
  readonly reads?: AccessKind;
  /** Codes that this route answers with, besides those of its access and its input. */
  readonly errors?: readonly ErrorCode[];
  /** Answers the request; undefined is 204. */
  handle(
    ctx: HttpContext,
    call: Call<Who, NoInfer<PathOf<M>>, Static<B>, Static<Q>>,
  ): Promise<unknown> | unknown;
}

/** A row of a route table. */
// biome-ignore lint/suspicious/noExplicitAny: a table has rows with different inputs
export type Route = RouteSpec<any, any, any, any, any>;

type NoMembers = Readonly<Record<never, never>>;

/** Declares a route: the handler's input has the types of its access, path and schemas. */
export function route<
  Who,
  K extends AccessKind,
  M extends PathMembers = NoMembers,
  B extends TSchema = TSchema,
  Q extends TSchema = TSchema,
>(spec: RouteSpec<Who, K, M, B, Q>): Route {
  return spec;
}

const noQuery = Type.Object({}, closed);

/** What the first hook of a request leaves on it for the handler. */
const admitted = Symbol('admitted');
interface Admitted {
  readonly caller: unknown;
  readonly path: Maybe<PathOf<PathMembers>>;
}
type AdmittedRequest = FastifyRequest & { [admitted]: Admitted };

/** Registers the routes of one domain. A route without a declared access is a TypeError. */
export function registerRoutes(
  server: FastifyInstance,
  ctx: HttpContext,
  tag: string,
  routes: readonly Route[],
): void {
  if (!server.hasRequestDecorator(admitted)) server.decorateRequest(admitted, undefined);
  for (const spec of routes) {
    if (spec.access === undefined) throw new TypeError(`${spec.method} ${spec.url} declares no access`);
    const admit = createAdmission(ctx, spec);
    server.route({
      method: spec.method === 'GET' ? readMethods : spec.method,
      url: spec.url,
      schema: schemaOf(spec, tag),
      config: { responses: () => responsesOf(spec) },
      onRequest: (request, _reply, done) => {
        admit(request as AdmittedRequest).then(() => done(), done);
      },
      preValidation: (request, _reply, done) => {
        const failure = readBody(spec, request);
        if (failure instanceof Promise) void failure.then(done);
        else done(failure);
      },
      handler: async (request, reply) => {
        const { caller, path } = (request as AdmittedRequest)[admitted];
        const { body, query } = request;
        const params = requirePath(path);
        const call = { caller, params, body, query, request, reply };
        if (isLong(spec)) return answerInTurn(() => spec.handle(ctx, call), reply);
        const answer = await spec.handle(ctx, call);
        if (answer === undefined && !reply.sent) reply.code(204);
        return answer;
      },
    });
  }
}

/** Long answers are made in turn: what a page shows takes many times as much memory as its text. */
const inTurn = createTurns(2);

function isLong({ long, query }: Route): boolean {
  return long ?? (query !== undefined && 'total' in query.properties);
}

/** The text of an answer in JSON, made in turn. */
function answerInTurn(handle: () => unknown, reply: FastifyReply): Promise<string> {
  reply.header('content-type', 'application/json; charset=utf-8');
  return inTurn(async () => reply.serialize((await handle()) as object) as string);
}

/** Admits a request before its body and query are read, or throws. */
function createAdmission(
  ctx: HttpContext,
  { access, params = {} }: Route,
): (request: AdmittedRequest) => Promise<void> {
  const load = loaders[access.kind as AccessKind];
  return async (request) => {
    const path = readPath(ctx, params, request.params as Readonly<Record<string, string>>);
    const caller = access.admit(await load(ctx, request), path);
    if (access.presence) await requireFresh(ctx, ctx.read, (caller as Caller).session);
    request[admitted] = { path, caller };
  };
}

function descriptionOf({ description, access: { presence, words } }: Route): string {
  const needs = presence && 'Needs a recent proof of presence (`verifyPassword`).';
  return [description, needs, `Access: ${words}.`].filter(Boolean).join('\n\n');
}

function schemaOf(spec: Route, tag: string): FastifySchema {
  return {
    operationId: spec.operation,
    summary: spec.summary,
    description: descriptionOf(spec),
    tags: [tag],
    security: security[spec.reads ?? (spec.access.kind as AccessKind)],
    ...(spec.body !== undefined && { body: spec.body }),
    ...(spec.takes !== undefined && { consumes: ['application/json', ...spec.takes] }),
    querystring: spec.query ?? noQuery,
    ...(spec.params !== undefined && { params: pathSchema(spec.params) }),
    response: Object.fromEntries(
      Object.entries(spec.answers).map(([status, schema]) => [status, schema ?? { type: 'null' }]),
    ),
  } as FastifySchema;
}

const security: Readonly<Record<AccessKind, readonly Record<string, readonly string[]>[]>> = {
  nothing: [],
  anybody: [{}, { cookie: [] }, { header: [] }],
  session: [{ cookie: [] }, { header: [] }, { bearer: [], cookie: [] }],
  proof: [
    { bearer: [], cookie: [] },
    { bearer: [], header: [] },
  ],
  ending: [
    { bearer: [], cookie: [] },
    { bearer: [], header: [] },
  ],
  service: [{ serviceKey: [] }],
};

/** Reads the body as its schema describes it; the failure if one is missing, or the route takes none and one was sent. */
function readBody(
  { body, readBody }: Route,
  request: FastifyRequest,
): AppError | undefined | Promise<AppError | undefined> {
  if (body === undefined) return refuseBody(request);
  if (request.body === undefined && !('x-optional' in body)) {
    return new AppError('INVALID_DATA', { detail: 'The body is missing: this request needs one, in JSON.' });
  }
  if (readBody !== undefined) request.body = readBody(request.body);
  return undefined;
}

function refuseBody(request: FastifyRequest): AppError | undefined | Promise<AppError | undefined> {
  if (hasContent(request.body)) return unexpectedBody();
  if (!readMethods.includes(request.method)) return undefined;
  const brings = bringsBytes(request);
  if (typeof brings === 'boolean') return brings ? unexpectedBody() : undefined;
  return brings.then((found) => (found ? unexpectedBody() : undefined));
}

function hasContent(body: unknown): boolean {
  if (body === undefined || body === null) return false;
  return typeof body !== 'object' || Array.isArray(body) || Object.keys(body).length > 0;
}

function unexpectedBody(): AppError {
  return new AppError('INVALID_DATA', { detail: 'This request takes no body.' });
}
