import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { AppError } from '../kernel/errors.ts';
import { takeJsonOnly } from './body.ts';
import type { HttpContext } from './context.ts';
import { appErrorOf, problemOf, statusOf } from './errors.ts';
import { openApiOptions, ProblemSchema } from './openapi.ts';
import { createOriginCheck } from './origin.ts';
import { validatorCompiler } from './validation.ts';

export interface ServerOptions {
  readonly trustedProxies: readonly string[];
  /** Origins of pages on other hosts that may call with credentials. */
  readonly allowedOrigins: readonly string[];
}

const bodyLimit = 256 * 1024;

/** The HTTP server without its routes: what holds for every request. Errors are answered as problem documents. */
export async function createServer(ctx: HttpContext, options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: ctx.httpLog,
    // A line for each request would cost more than most requests.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit,
    requestTimeout: 15_000,
    http: { headersTimeout: 10_000, keepAliveTimeout: 72_000 },
    genReqId: createRequestIds(ctx),
    requestIdHeader: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 128 },
    onProtoPoisoning: 'error',
  });
  server.decorateRequest('caller', undefined);
  server.decorateRequest('service', undefined);
  server.setValidatorCompiler(validatorCompiler as never);
  takeJsonOnly(server);
  server.addSchema(ProblemSchema);
  addCommonHeaders(
    server,
    ctx,
    createOriginCheck([new URL(ctx.publicUrl).origin, ...options.allowedOrigins]),
  );
  answerErrors(server, ctx);
  if (options.allowedOrigins.length > 0) {
    const { default: cors } = await import('@fastify/cors');
    await server.register(cors, {
      origin: [...options.allowedOrigins],
      credentials: true,
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['content-type', 'authorization', 'x-session-id'],
      exposedHeaders: ['x-request-id', 'retry-after', 'link'],
      maxAge: 600,
    });
  }
  await server.register(swagger, openApiOptions(ctx.publicUrl));
  return server;
}

/** The caller's own request id where it is plain, so that it is found in both logs; else a new one. */
function createRequestIds(ctx: HttpContext): (request: { headers: Record<string, unknown> }) => string {
  const prefix = ctx.ids.unique().slice(0, 10);
  let count = 0;
  return ({ headers }) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(given)) return given;
    count += 1;
    return `${prefix}-${count.toString(36)}`;
  };
}

function addCommonHeaders(
  server: FastifyInstance,
  ctx: HttpContext,
  checkOrigin: (request: FastifyRequest) => void,
): void {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'cross-origin-resource-policy': 'same-origin',
  };
  if (ctx.publicUrl.startsWith('https:')) {
    headers['strict-transport-security'] = 'max-age=63072000; includeSubDomains';
  }
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    reply.header('x-request-id', request.id);
    try {
      checkOrigin(request);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

function answerErrors(server: FastifyInstance, ctx: HttpContext): void {
  const answer = (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const error = appErrorOf(thrown);
    const { code, details } = error;
    if (code === 'INTERNAL') request.log.error({ err: thrown, request_id: request.id }, 'a request failed');
    if (code === 'UNAVAILABLE')
      request.log.warn({ err: details.cause, request_id: request.id }, 'unavailable');
    // Node has no phrase for 440.
    if (code === 'SESSION_NOT_FOUND') reply.raw.statusMessage = 'Login Time-out';
    if (details.retryAfter !== undefined) reply.header('retry-after', String(details.retryAfter));
    return reply
      .code(statusOf[code])
      .header('content-type', 'application/problem+json; charset=utf-8')
      .serializer(JSON.stringify)
      .send(problemOf(error, request.id, ctx.publicUrl));
  };
  server.setErrorHandler((error, request, reply) => answer(error, request, reply));
  server.setNotFoundHandler((request, reply) => answer(new AppError('NOT_FOUND'), request, reply));
}
