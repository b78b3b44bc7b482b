import assert from 'node:assert/strict';
import {
  Agent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { text as readText } from 'node:stream/consumers';

/** One request. At most one of `json` and `body` is given. */
export interface Request {
  readonly method: string;
  readonly path: string;
  /** Several values send the header several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  readonly body?: string | Buffer;
}

export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** As they stand, in order. */
  readonly attributes: readonly string[];
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body where it is JSON; else an empty object. */
  readonly json: Record<string, unknown>;
  readonly cookies: readonly SetCookie[];
}

export interface Client {
  /** Sends the request. Every answer must carry what every answer carries, or this throws. */
  call(request: Request): Promise<Answer>;
  /** Sends the request and leaves the answer's body to the caller. */
  open(request: Request): Promise<IncomingMessage>;
  close(): void;
}

/** A client that is no browser: it sends nothing by itself. */
export function createClient(port: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  function open({ method, path, headers = {}, json, body }: Request): Promise<IncomingMessage> {
    const content = body ?? (json === undefined ? undefined : JSON.stringify(json));
    const all: OutgoingHttpHeaders = { ...(headers as OutgoingHttpHeaders) };
    if (json !== undefined) all['content-type'] ??= 'application/json';
    if (content !== undefined && all['transfer-encoding'] === undefined) {
      all['content-length'] ??= Buffer.byteLength(content);
    }
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, agent, headers: all }, resolve);
      outgoing.on('error', reject);
      outgoing.end(content);
    });
  }

  return {
    open,
    async call(request) {
      const message = await open(request);
      const answer = answerOf(message, await readText(message));
      assertCommonHeaders(answer, request);
      return answer;
    },
    close: () => agent.destroy(),
  };
}

function answerOf(message: IncomingMessage, text: string): Answer {
  const { statusCode = 0, headers } = message;
  const isJson = /[/+]json\b/.test(headers['content-type'] ?? '') && text !== '';
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: statusCode, headers, text, json, cookies: (headers['set-cookie'] ?? []).map(cookieOf) };
}

function cookieOf(line: string): SetCookie {
  const [pair = '', ...attributes] = line.split('; ');
  const at = pair.indexOf('=');
  return { name: pair.slice(0, at), value: pair.slice(at + 1), attributes };
}

/** What stands in every answer, whatever it is. */
export function assertCommonHeaders({ headers, status, text }: Answer, asked: Request): void {
  const what = `${asked.method} ${asked.path} answered ${status} ${text.slice(0, 200)}`;
  assert.equal(headers['x-content-type-options'], 'nosniff', what);
  assert.equal(headers['referrer-policy'], 'no-referrer', what);
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin', what);
  const policy = String(headers['content-security-policy']);
  for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) {
    assert.ok(policy.includes(part), what);
  }
  assert.match(String(headers['x-request-id']), /^[A-Za-z0-9_-]{1,64}$/, what);
  assert.equal(headers['x-powered-by'], undefined, what);
  assert.equal(headers.server, undefined, what);
  if (asked.path !== '/.well-known/jwks.json') {
    assert.match(String(headers['cache-control']), /^no-store(?:, no-transform)?$/, what);
  }
}
