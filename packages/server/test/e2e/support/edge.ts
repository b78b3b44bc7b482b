import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCaddy } from './caddy.ts';
import { blocksOf, startNginx } from './nginx.ts';
import { type Person, tokenOf } from './people.ts';
import type { ReverseProxy } from './proxy-process.ts';
import {
  freePort,
  type LatchkeyProcess,
  newFolder,
  runVerb,
  type ServerProcess,
  startProcess,
  startServer,
} from './server-process.ts';

export type Header = readonly [name: string, value: string];

/** What came back through the proxy; `body` is what the service behind it was told: its path and header fields. */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly url?: string; readonly headers?: IncomingHttpHeaders; readonly code?: string };
}

/** Which ports are whose, for a proxy's configuration. */
interface Ports {
  readonly proxy: string;
  readonly forwardAuth: string;
  readonly service: string;
}

/** A server, forward authentication, a proxy with a configuration of the docs, and a service that returns what it got. */
export interface Edge {
  readonly server: ServerProcess;
  readonly forwardAuth: LatchkeyProcess & { readonly url: string };
  readonly settings: Readonly<Record<string, string>>;
  /** The header fields of somebody who is signed in, with a new token. */
  proofOf(person: Person): Promise<Header[]>;
  readonly proxyUrl: string;
  /** A request by the proxy, with header fields as often as they are given. */
  get(path: string, headers: readonly Header[], method?: string): Promise<EdgeAnswer>;
  /** The same, directly to forward authentication. */
  ask(path: string, headers: readonly Header[], method?: string): Promise<EdgeAnswer>;
  close(): Promise<void>;
}

/** Starts it all. `env` adds variables of forward authentication. */
export async function startEdge(
  env: Readonly<Record<string, string>> = {},
  startProxy: (ports: Ports) => Promise<ReverseProxy> = nginxOfDocs,
): Promise<Edge> {
  const folder = newFolder();
  const [PORT, forwardAuthPort, proxyPort] = [await freePort(), await freePort(), await freePort()];
  const settings = { PORT, LATCHKEY_DATA_DIR: folder.path };
  const server = await startServer(settings, { entry: 'cheap' });
  const { key } = await runVerb(['services', 'add', 'edge'], settings);
  const forwardAuth = startProcess(['forward-auth'], {
    PORT: forwardAuthPort,
    LATCHKEY_PUBLIC_URL: server.url,
    LATCHKEY_SERVICE_KEY: String(key),
    ...env,
  });
  await until(async () => (await get(Number(forwardAuthPort), '/health/ready', [])).status === 200);

  const service = createServer(({ url, headers }, response) =>
    response.end(JSON.stringify({ url, headers })),
  );
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const servicePort = String((service.address() as AddressInfo).port);
  const end = async () => {
    service.close();
    forwardAuth.child.kill('SIGKILL');
    await forwardAuth.exited;
    await server.end('SIGKILL');
    folder.remove();
  };
  const ports = { proxy: proxyPort, forwardAuth: forwardAuthPort, service: servicePort };
  const proxy = await startProxy(ports).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return {
    server,
    forwardAuth: { ...forwardAuth, url: `http://127.0.0.1:${forwardAuthPort}` },
    settings,
    async proofOf(person) {
      const token = await tokenOf(server.client, person);
      return [
        ['authorization', `Bearer ${token}`],
        ['cookie', `x-session-id=${person.credential}`],
      ];
    },
    proxyUrl: `http://127.0.0.1:${proxyPort}`,
    get: (path, headers, method) => get(Number(proxyPort), path, headers, method),
    ask: (path, headers, method) => get(Number(forwardAuthPort), path, headers, method),
    async close() {
      await proxy.close();
      await end();
    },
  };
}

async function nginxOfDocs(ports: Ports): Promise<ReverseProxy> {
  const [servers = '', caller = '', verify = ''] = blocksOf('forward-authentication.md', 'nginx');
  const files = {
    'servers.conf': withPorts(servers, ports),
    'caller.conf': caller,
    'verify.conf': verify,
  };
  return startNginx(files, Number(ports.proxy));
}

/** Caddy with the configuration of the docs, and what it asks of callers instead of what stands there. */
export function caddyOfDocs(requirement: string): (ports: Ports) => Promise<ReverseProxy> {
  return async (ports) => {
    const [text = ''] = blocksOf('forward-authentication.md', 'caddyfile');
    const sites = withPorts(text, ports)
      .replace('orders.example.com', `http://localhost:${ports.proxy}`)
      .replace('?role=admin', requirement);
    return startCaddy(sites, Number(ports.proxy));
  };
}

function withPorts(text: string, { proxy, forwardAuth, service }: Ports): string {
  return text
    .replaceAll('127.0.0.1:8090', `127.0.0.1:${forwardAuth}`)
    .replaceAll('127.0.0.1:8081', `127.0.0.1:${service}`)
    .replaceAll('127.0.0.1:8000', `127.0.0.1:${proxy}`);
}

/** The answer must be a refusal with this code, of which the service has heard nothing. */
export function assertRefused({ status, headers, body }: EdgeAnswer, expected: number, code: string): void {
  assert.deepEqual([status, body.code, body.headers], [expected, code, undefined]);
  assert.equal(headers['content-type'], 'application/problem+json');
  assert.equal(headers['www-authenticate'] !== undefined, expected === 401);
  assert.equal(headers['retry-after'], expected === 503 ? '1' : undefined);
}

/** Waits until it is so; throws an Error after 20 s. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await condition().catch(() => false))) {
    if (performance.now() > end) throw new Error(`never came true: ${condition}`);
    await sleep(5);
  }
}

async function get(
  port: number,
  path: string,
  headers: readonly Header[],
  method = 'GET',
): Promise<EdgeAnswer> {
  // A flat list sends every field as it stands, and a path is not normalised.
  const fields = ['host', 'localhost', ...headers.flat()] as never;
  const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers: fields, agent: false }).end();
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  const json = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.statusCode, headers: response.headers, body: json };
}
