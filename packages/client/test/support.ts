import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { requireSession } from '@latchkey/verify/node';
import { type App, createApp } from '../../server/src/app/create-app.ts';
import { loadConfig } from '../../server/src/config/config.ts';
import { addService } from '../../server/src/log/services/add-service.ts';
import { type MovableClock, movableClock } from '../../server/test/support/clock.ts';

/** A Latchkey on a port of its own, and another service behind a verifier. */
export interface World {
  readonly app: App;
  readonly latchkey: string;
  /** Answers who calls, and echoes the body; `/public` lets anonymous requests in. */
  readonly service: string;
  readonly verifier: Verifier;
  /** Latchkey's clock. */
  readonly clock: MovableClock;
  close(): Promise<void>;
}

export const password = 'correct horse battery staple';

/** Starts it all. `env` adds settings. */
export async function startWorld(env: Record<string, string> = {}): Promise<World> {
  const clock = movableClock();
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-client-'));
  const settings = { PORT: '0', LATCHKEY_DATA_DIR: folder, LATCHKEY_LOG_LEVEL: 'fatal', ...env };
  const hashParameters = { memory: 64, passes: 1, parallelism: 1 };
  const app = await createApp(loadConfig(settings, { cwd: folder }), { clock, hashParameters });
  await app.listen();
  const latchkey = app.config.publicUrl;
  const { key: serviceKey } = await addService(app.context, { name: 'echo' });
  const verifier = createVerifier({ issuer: latchkey, serviceKey, clockSkew: 0 });
  const guarded = requireSession(verifier);
  const open = requireSession(verifier, { optional: true });
  const answer: Parameters<typeof guarded>[0] & Parameters<typeof open>[0] = async (
    request,
    response,
    caller,
  ) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ userId: caller?.userId ?? null, roles: caller?.roles ?? [], body }));
  };
  const server = createServer((request, response) => {
    void (request.url === '/public' ? open(answer) : guarded(answer))(request, response);
  });
  const service = await listen(server);
  await verifier.ready();
  return {
    app,
    latchkey,
    service,
    verifier,
    clock,
    async close() {
      verifier.close();
      server.closeAllConnections();
      server.close();
      await app.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** What the service above answers. */
export async function json(answer: Promise<Response>) {
  return (await (await answer).json()) as { userId: number | null; roles: string[]; body: string };
}

/** A `fetch` that counts the requests to each path, and can be made to fail like a lost network. */
export function countingFetch(inner: typeof fetch = fetch) {
  const counts = new Map<string, number>();
  const state = { offline: false, count: (path: string) => counts.get(path) ?? 0 };
  const counting = async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    counts.set(pathname, (counts.get(pathname) ?? 0) + 1);
    if (state.offline) throw new TypeError('fetch failed');
    return inner(input, init);
  };
  return Object.assign(state, { fetch: counting });
}

/** A `fetch` with a browser's cookie jar for one host. */
export function browserFetch(inner: typeof fetch = fetch) {
  const jar = new Map<string, string>();
  const browser = async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    const request = new Request(input, init);
    // What a page cannot do and what tells the server that it is one.
    if (request.headers.has('cookie')) throw new Error('a page cannot set cookies');
    request.headers.set('sec-fetch-mode', 'cors');
    request.headers.set('sec-fetch-site', 'same-origin');
    if (request.credentials === 'include') {
      const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      if (cookies !== '') request.headers.set('cookie', cookies);
    }
    const answer = await inner(request);
    for (const line of request.credentials === 'include' ? answer.headers.getSetCookie() : []) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=');
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return { fetch: browser, jar };
}
