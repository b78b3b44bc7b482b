import { Type } from '@sinclair/typebox';
import { AppError } from '../kernel/errors.ts';
import { open } from './access.ts';
import { type Route, route } from './route.ts';

/** What discovery and health tell of the process. */
export interface Discovery {
  readonly audience: readonly string[];
  /** The public keys: next, current, previous. */
  jwks(): { readonly keys: readonly object[] };
  /** Throws UNAVAILABLE unless requests can be served: store, keys and log writer. */
  checkReady(): Promise<void>;
}

const JwksSchema = Type.Object({ keys: Type.Array(Type.Object({}, { additionalProperties: true })) });
const HealthSchema = Type.Object({ status: Type.String() });

/** Discovery and health. */
export function discoveryRoutes(discovery: Discovery): readonly Route[] {
  return [
    route({
      method: 'GET',
      url: '/.well-known/jwks.json',
      operation: 'jwks',
      summary: 'The public keys of tokens (RFC 7517): next, current and previous',
      access: open,
      answers: { 200: JwksSchema },
      handle: (_ctx, { reply }) => {
        // A cache that held back a new key would have good tokens refused.
        reply.header('cache-control', 'no-cache');
        return discovery.jwks();
      },
    }),
    route({
      method: 'GET',
      url: '/.well-known/latchkey',
      operation: 'discovery',
      summary: 'Where everything is',
      access: open,
      answers: { 200: Type.Object({}, { additionalProperties: true }) },
      handle: (ctx) => ({
        issuer: ctx.publicUrl,
        audience: discovery.audience,
        jwks_uri: `${ctx.publicUrl}/.well-known/jwks.json`,
        revocations: `${ctx.publicUrl}/auth/revocations`,
        authenticate: `${ctx.publicUrl}/auth/authenticate`,
        who_am_i: `${ctx.publicUrl}/auth/who-am-i`,
        login: `${ctx.publicUrl}/auth/login`,
        logout: `${ctx.publicUrl}/auth/logout`,
        facade: `${ctx.publicUrl}/api/v1`,
        openapi: `${ctx.publicUrl}/openapi.json`,
        docs: `${ctx.publicUrl}/docs`,
        cookie: ctx.cookie?.name ?? null,
        token_ttl: Math.floor(ctx.policy.tokenTtl / 1000),
      }),
    }),
    route({
      method: 'GET',
      url: '/health/alive',
      operation: 'alive',
      summary: 'Whether the process runs',
      access: open,
      answers: { 200: HealthSchema },
      handle: () => ({ status: 'alive' }),
    }),
    route({
      method: 'GET',
      url: '/health/ready',
      operation: 'ready',
      summary: 'Whether requests can be served: store, keys and log writer',
      access: open,
      answers: { 200: HealthSchema },
      errors: ['UNAVAILABLE'],
      handle: async () => {
        await discovery.checkReady();
        return { status: 'ready' };
      },
    }),
  ];
}

/** What `checkReady` throws. */
export function notReady(cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', { retryAfter: 1, cause });
}
