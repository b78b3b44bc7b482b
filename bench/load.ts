/**
 * The load generator: keep-alive raw sockets, one request in flight per connection, requests written as
 * prepared bytes, answers cut by Content-Length. It does nothing else, so that one core of it is faster than
 * one core of any server measured here (bench/README.md has the comparison with wrk).
 *
 * As a module it starts that generator on the load core; run as a script it is the generator.
 */
import { LOAD_CORE, startPinned } from './pin.ts';

export interface LoadJob {
  port: number;
  /** Whole HTTP/1.1 requests, sent round-robin. */
  requests: string[];
  connections: number;
  durationMs: number;
  /** Requests per second over all connections; without it every connection sends as soon as it may. */
  rate?: number;
  /** Answers with a shorter body count as failed: a 200 that says `null` proves nothing. */
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

export function startLoader(): Loader {
  const child = startPinned(LOAD_CORE, [`${import.meta.dirname}/load-process.ts`]);
  const waiting = new Map<number, PromiseWithResolvers<LoadResult>>();
  let next = 0;
  child.process.on('message', ({ id, result, failure }: LoadAnswer) => {
    const job = waiting.get(id);
    waiting.delete(id);
    if (result) job?.resolve(result);
    else job?.reject(new Error(failure));
  });
  child.process.once('exit', () => {
    for (const job of waiting.values()) job.reject(new Error('the load generator died'));
  });
  return {
    run(job) {
      const id = next++;
      const answer = Promise.withResolvers<LoadResult>();
      waiting.set(id, answer);
      child.process.send({ id, job });
      return answer.promise;
    },
    stop: () => child.stop(),
  };
}

export interface LoadAnswer {
  id: number;
  result?: LoadResult;
  failure?: string;
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
