import { Type } from '@sinclair/typebox';
import { AppError } from '../kernel/errors.ts';
import { open } from './access.ts';
import { type Route, route } from './route.ts';
import { AnyObject, closed } from './schemas.ts';

/** What discovery and health need to know of the process. */
export interface Discovery {
  readonly audience: readonly string[];
  /** The public keys: next, current, previous. */
  jwks(): { readonly keys: readonly object[] };
  /** Throws UNAVAILABLE unless the store can be written, or only read where that is enough. */
  checkReady(readIsEnough: boolean): Promise<void>;
}

const JwksSchema = Type.Object({ keys: Type.Array(AnyObject) });
const HealthSchema = Type.Object({ status: Type.String() });

/** Discovery and health. */
export function discoveryRoutes(discovery: Discovery): readonly Route[] {
  return [
    route({
      method: 'GET',
      url: '/.well-known/jwks.json',
      operation: 'jwks',
      summary: 'Get the public keys',
      description: 'The keys to check tokens with (RFC 7517): next, current and previous.',
      access: open,
      answers: { 200: JwksSchema },
      told: { 200: 'A JWK set.' },
      handle: (_ctx, { reply }) => {
        // If a cache held back a new key, good tokens would be refused.
        reply.header('cache-control', 'no-cache');
        return discovery.jwks();
      },
    }),
    route({
      method: 'GET',
      url: '/.well-known/latchkey',
      operation: 'discovery',
      summary: 'Get the URLs and settings of this server',
      description: 'Those that clients and verifiers need.',
      access: open,
      answers: { 200: AnyObject },
      told: { 200: 'Addresses, and names of what is sent.' },
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
      summary: 'Check whether the process runs',
      access: open,
      answers: { 200: HealthSchema },
      told: { 200: 'It runs.' },
      handle: () => ({ status: 'alive' }),
    }),
    route({
      method: 'GET',
      url: '/health/ready',
      operation: 'ready',
      summary: 'Check whether requests can be served',
      description:
        'Whether the server is not stopping, and the database can be written; with `read=true` whether it can be read, which is enough for checks.',
      access: open,
      query: Type.Object({ read: Type.Optional(Type.Boolean()) }, closed),
      answers: { 200: HealthSchema },
      told: { 200: 'They can.' },
      errors: ['UNAVAILABLE'],
      handle: async (_ctx, { query }) => {
        await discovery.checkReady(query.read === true);
        return { status: 'ready' };
      },
    }),
  ];
}

/** The error that `checkReady` throws. */
export function notReady(cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', { retryAfter: 1, cause });
}
