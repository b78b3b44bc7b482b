/**
 * The load generator: keep-alive raw sockets, one request in flight on each, requests written as prepared bytes, answers
 * cut by Content-Length. It does nothing else, so that one core of it is faster than one core of any server measured
 * here (bench/README.md has the comparison with wrk).
 */
import { LOAD_CORE, startScript } from './pin.ts';

export interface LoadJob {
  port: number;
  /** Whole HTTP/1.1 requests, sent round-robin. */
  requests: string[];
  connections: number;
  durationMs: number;
  /** Requests per second over all connections; without it every connection sends as soon as it may. */
  rate?: number;
  /** Bytes of a body. An answer with a shorter one fails: a 200 that says `null` proves nothing. */
  minBody?: number;
}

export interface LoadResult {
  count: number;
  /** Answers between the first and the last, over the time between them. */
  perSecond: number;
  /** Milliseconds. With a rate they count from when the request was due, so a stall is not left out. */
  p50: number;
  p99: number;
  max: number;
}

export interface Loader {
  /** Rejects unless every answer was a 2xx with a body that is long enough. */
  run(job: LoadJob): Promise<LoadResult>;
  stop(): Promise<void>;
}

/** Starts the generator on the load's core. */
export function startLoader(): Loader {
  const { ask, stop } = startScript(LOAD_CORE, 'load/load-process.ts');
  return { run: (job) => ask<LoadResult>(job), stop };
}

/** One HTTP/1.1 request as the bytes that go over the wire. */
export function httpRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: unknown,
): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const all: Record<string, string> = { Host: '127.0.0.1', ...headers };
  if (body !== undefined) all['Content-Type'] = 'application/json';
  if (body !== undefined || method === 'POST') all['Content-Length'] = String(Buffer.byteLength(text));
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`;
}
