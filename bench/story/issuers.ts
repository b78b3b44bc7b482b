/** The issuers of the `story` row, each with sessions that are open and can be closed from elsewhere. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.ts';
import { SERVER_CORE, startProgram, startScript } from '../load/pin.ts';
import { addService, startLatchkey } from '../server/latchkey.ts';
import type { OpenSession } from './checks.ts';

export interface Issuer {
  /** The environment of a service that checks its sessions. */
  readonly env: Readonly<Record<string, string>>;
  /** Signs in. */
  open(): Promise<OpenSession>;
  stop(): Promise<void>;
}

const account = { email: 'ada@example.com', password: 'quiet winter morning' };

/** Ada signs up with Latchkey; from that session she closes those that she opens later. */
export async function latchkeySessions(directory: string): Promise<Issuer> {
  const server = await startLatchkey(directory);
  const post = (path: string, body: object | undefined, cookie = '') => call(server.url + path, body, cookie);
  const { cookie: own } = await post('/api/v1/signup', { name: 'Ada', ...account });
  return {
    env: { ISSUER: server.url, SERVICE_KEY: addService(server, 'story') },
    async open() {
      const { login, password } = { login: account.email, password: account.password };
      const { cookie } = await post('/api/v1/signin', { login, password });
      const { json } = await post('/auth/who-am-i', undefined, cookie);
      const { token, userId, sessionId } = json as { token: string; userId: number; sessionId: string };
      return {
        credential: { token, cookie: cookie.slice(cookie.indexOf('=') + 1) },
        endsAt: (decode(token.split('.')[1]!) as { exp: number }).exp * 1000,
        close: async () =>
          (await call(`${server.url}/api/v1/sessions/${userId}/${sessionId}`, undefined, own, 'DELETE')).at,
      };
    },
    stop: server.stop,
  };
}

/** The same with better-auth; `maxAge` of its cookie cache in seconds, 0 for none. */
export async function betterAuthSessions(directory: string, maxAge: number): Promise<Issuer> {
  mkdirSync(directory, { recursive: true });
  const env = {
    DATABASE: join(directory, 'better-auth.db'),
    SECRET: randomBytes(32).toString('base64'),
    MAX_AGE: String(maxAge),
    JOINS: 'true',
  };
  const issuer = startScript(SERVER_CORE, 'peers/better-auth-issuer.ts', env);
  const url = await issuer.message<string>();
  const post = (path: string, body: object, cookie = '') => call(`${url}/api/auth${path}`, body, cookie);
  const { cookie: own } = await post('/sign-up/email', { name: 'Ada', ...account });
  return {
    env: { ...env, URL: url },
    async open() {
      const { cookie } = await post('/sign-in/email', account);
      if (cookie.includes('session_data=') !== maxAge > 0) throw new Error('not the cookie cache asked for');
      const token = /session_token=([^.;]+)/.exec(decodeURIComponent(cookie))![1]!;
      const [, cache] = /session_data=([^.;]+)/.exec(cookie) ?? [];
      return {
        credential: { token: '', cookie },
        ...(cache && { endsAt: (decode(cache) as { expiresAt: number }).expiresAt }),
        async close() {
          const { at } = await post('/revoke-session', { token }, own);
          const path = '/api/auth/get-session?disableCookieCache=true';
          const { json } = await call(url + path, undefined, cookie, 'GET');
          if (json !== null) throw new Error('better-auth has not revoked the session');
          return at;
        },
      };
    },
    stop: issuer.stop,
  };
}

/** False where redis-server is not installed. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A redis-server that writes nothing to disk, and a process that sets and deletes sessions there. */
export async function redisSessions(): Promise<Issuer & { readonly stopRedis: () => Promise<void> }> {
  const port = String(await freePort());
  const flags = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const redis = startProgram(SERVER_CORE, 'redis-server', flags);
  const issuer = startScript(SERVER_CORE, 'peers/redis-issuer.ts', { PORT: port });
  await issuer.message(10_000);
  return {
    env: { PORT: port },
    async open() {
      const cookie = await issuer.ask<string>('open');
      return {
        credential: { token: '', cookie },
        close: async () => BigInt(await issuer.ask<string>({ close: cookie })),
      };
    },
    stopRedis: redis.stop,
    async stop() {
      await issuer.stop();
      await redis.stop();
    },
  };
}

/** Sends one request. Throws for anything but a 200. `at` is when the answer had been read. */
async function call(
  url: string,
  body: object | undefined,
  cookie: string,
  method = 'POST',
): Promise<{ cookie: string; json: unknown; at: bigint }> {
  const response = await fetch(url, {
    method,
    headers: {
      cookie,
      origin: new URL(url).origin,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const at = process.hrtime.bigint();
  if (response.status !== 200) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  const pairs = response.headers.getSetCookie().map((line) => line.slice(0, line.indexOf(';')));
  return { cookie: pairs.join('; '), json: JSON.parse(text), at };
}

function decode(base64url: string): unknown {
  return JSON.parse(Buffer.from(base64url, 'base64url').toString());
}
