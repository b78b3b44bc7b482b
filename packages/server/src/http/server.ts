import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { AppError } from '../kernel/errors.ts';
import { answerOptions, collectMethods } from './allowed-methods.ts';
import { createPathStripper, targetOf } from './base-path.ts';
import { correctType, isCompressed, readJsonBodies } from './body.ts';
import { decorateClientAddress } from './client-address.ts';
import { createClientErrorHandler } from './client-errors.ts';
import { commonHeaders } from './common-headers.ts';
import type { ConnectionGuard } from './connection-guard.ts';
import { createHttpServer } from './connections.ts';
import { decorateCorrelation, namesOf, readCorrelation } from './correlation.ts';
import { allowOrigins } from './cors.ts';
import { appErrorOf, problemOf, statusOf } from './errors.ts';
import { ProblemSchema } from './problem-schema.ts';
import type { ServerContext } from './server-context.ts';
import { validatorCompiler } from './validation.ts';

export interface ServerOptions {
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** How many connections it may have at once. */
  readonly maxConnections: number;
  /** How the OpenAPI document is made from the routes. */
  readonly openApi: FastifyDynamicSwaggerOptions;
}

const bodyLimit = 256 * 1024;

/** The HTTP server without routes: what is the same for every request. Errors are answered as problem documents. */
export async function createServer(
  ctx: ServerContext,
  options: ServerOptions,
): Promise<{ readonly server: FastifyInstance; readonly connections: ConnectionGuard }> {
  let connections!: ConnectionGuard;
  const answer = createErrorAnswer(ctx);
  const stripPath = createPathStripper(ctx.publicUrl, (url) => methodsOf(url).length > 0);
  const server: FastifyInstance = Fastify({
    rewriteUrl: ({ url = '/' }) => targetOf(url, stripPath),
    loggerInstance: withoutChildren(ctx.httpLogger),
    // A log line costs more than most requests.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    serverFactory(handler) {
      // Requests without a Host header are refused below, with the same document as other errors.
      const made = createHttpServer(handler, options.maxConnections, { requireHostHeader: false });
      connections = made.connections;
      return made.server;
    },
    // Requests that arrive while the server stops are still answered: the store closes later.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => answer(error, request, reply),
    clientErrorHandler: createClientErrorHandler(ctx),
    genReqId: createRequestIds(ctx),
    requestIdHeader: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 128 },
    onProtoPoisoning: 'error',
  });
  const methodsOf = collectMethods(server);
  // Without a type Fastify would refuse it (RFC 10008) before it looks for a route. No route takes it.
  server.addHttpMethod('QUERY', { overrideExisting: true });
  server.setValidatorCompiler(validatorCompiler as never);
  readJsonBodies(server);
  server.addSchema(ProblemSchema);
  decorateCorrelation(server);
  decorateClientAddress(server, options.trustedProxies);
  addCommonHeaders(server, ctx, connections);
  answerOptions(server, methodsOf);
  // Node would refuse any Expect but `100-continue`, in an answer of its own; it may be ignored (RFC 9110, 10.1.1).
  server.server.on('checkExpectation', (request, response) =>
    server.server.emit('request', request, response),
  );
  server.setErrorHandler((error, request, reply) => answer(error, request, reply));
  server.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url);
    if (methods.length === 0) return answer(new AppError('NOT_FOUND'), request, reply);
    reply.header('allow', methods.join(', '));
    return answer(new AppError('METHOD_NOT_ALLOWED'), request, reply);
  });
  await allowOrigins(server, ctx.origins.allowed);
  await server.register(swagger, options.openApi);
  return { server, connections };
}

/** A logger without children: log lines name the request's id themselves, so no request needs its own logger. */
function withoutChildren(log: FastifyBaseLogger): FastifyBaseLogger {
  const own: FastifyBaseLogger = Object.create(log, { child: { value: () => own } });
  return own;
}

/**
 * Takes the caller's request id if it is plain, so that it is in the logs of both; otherwise makes a new one. A service
 * key is not an id.
 */
function createRequestIds(ctx: ServerContext): (request: { headers: Record<string, unknown> }) => string {
  const prefix = ctx.ids.unique().slice(0, 10);
  let count = 0;
  return ({ headers }) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && /^(?!lks_)[A-Za-z0-9_-]{1,64}$/.test(given)) return given;
    count += 1;
    return `${prefix}-${count.toString(36)}`;
  };
}

function addCommonHeaders(server: FastifyInstance, ctx: ServerContext, connections: ConnectionGuard): void {
  const headers = commonHeaders(ctx.publicUrl);
  server.addHook('onRequest', (request, reply, done) => {
    readCorrelation(request);
    reply.headers(headers);
    nameRequest(request, reply);
    correctType(request);
    try {
      checkFields(request);
      ctx.origins.check(request);
      if (connections.isReserved(request.raw)) refuseOnReserve(request, reply);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

/** What must get through when all other connections are taken: probes, and what keeps verifiers up to date. */
const urgent = /^\/(?:health\/|auth\/revocations(?:[/?]|$)|\.well-known\/jwks\.json)/;

/** Ends a connection of the reserve with this answer. Throws UNAVAILABLE for all that is not urgent. */
function refuseOnReserve(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('connection', 'close');
  if (urgent.test(request.url)) return;
  throw new AppError('UNAVAILABLE', { detail: 'All connections are taken.', retryAfter: 1 });
}

function nameRequest({ id, correlationId }: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', id);
  if (correlationId !== undefined) reply.header('x-correlation-id', correlationId);
}

/** `uri-host [ ":" port ]` (RFC 9110, 7.2), or nothing, as some balancers send it. */
const hostValue = /^(?:(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d{0,5})?)?$/i;

/**
 * Throws INVALID_DATA for what would be read in one way here and in another one by a proxy: two Host headers, none in
 * HTTP/1.1 (RFC 9112, 3.2), one that names no host, and two different types of the body, of which Node drops one.
 */
function checkFields({ raw }: FastifyRequest): void {
  const { rawHeaders } = raw;
  let hosts = 0;
  let type: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const { length } = rawHeaders[i]!;
    if (length === 4 && rawHeaders[i]!.toLowerCase() === 'host') {
      hosts += 1;
      if (hosts > 1 || !hostValue.test(rawHeaders[i + 1]!)) throw badHost();
    }
    if (length === 12 && rawHeaders[i]!.toLowerCase() === 'content-type') {
      const value = rawHeaders[i + 1]!.toLowerCase();
      if (type !== undefined && value !== type) throw twoTypes();
      type = value;
    }
  }
  if (hosts === 0 && raw.httpVersion === '1.1') throw badHost();
}

function badHost(): AppError {
  return new AppError('INVALID_DATA', { detail: 'A request must have exactly one Host header.' });
}

function twoTypes(): AppError {
  return new AppError('INVALID_DATA', {
    detail: 'A request must not have two different Content-Type headers.',
  });
}

/** Answers any failure with its problem document, even a failure before the hooks run. */
function createErrorAnswer(ctx: ServerContext) {
  const headers = commonHeaders(ctx.publicUrl);
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const error = appErrorOf(thrown);
    const { code, details } = error;
    // The hooks have not seen a request whose path cannot be read.
    if (request.routeOptions.url === undefined && request.correlationId === undefined)
      readCorrelation(request);
    if (code === 'INTERNAL') request.log.error({ err: thrown, ...namesOf(request) }, 'a request failed');
    if (code === 'UNAVAILABLE') request.log.warn({ err: details.cause, ...namesOf(request) }, 'unavailable');
    // Node has no phrase for 440.
    if (code === 'SESSION_NOT_FOUND') reply.raw.statusMessage = 'Login Time-out';
    // RFC 9110, 11.6.1.
    if (statusOf[code] === 401) reply.header('www-authenticate', 'Bearer');
    // RFC 9110, 12.5.3: only where the coding is what is refused.
    if (statusOf[code] === 415 && isCompressed(request.headers)) reply.header('accept-encoding', 'identity');
    if (details.retryAfter !== undefined) reply.header('retry-after', String(details.retryAfter));
    nameRequest(request, reply);
    return reply
      .headers(headers)
      .code(statusOf[code])
      .header('content-type', 'application/problem+json; charset=utf-8')
      .serializer(JSON.stringify)
      .send(problemOf(error, namesOf(request), ctx.publicUrl));
  };
}
