import type { FastifyInstance, FastifyRequest } from 'fastify';
import { given } from '../kernel/given.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** By what the caller finds its requests in the logs of several services; undefined if it sent nothing usable. */
    correlationId: string | undefined;
  }
}

/** By what log lines and problem documents name a request. */
export interface RequestNames {
  readonly request_id: string;
  readonly correlation_id?: string;
}

/**
 * Visible ASCII, because it stands in a header field and in log lines. No longer than that, and without the prefix of a
 * service key: a credential or a token that is sent as an id must not get into a log.
 */
const plain = /^(?!lks_)[\x21-\x7e]{1,64}$/;

/** W3C Trace Context, 3.2: version, trace id, parent id, flags. Versions after 00 may append to it. */
const traceparent = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;

/** Gives requests the member `correlationId`. */
export function decorateCorrelation(server: FastifyInstance): void {
  server.decorateRequest('correlationId', undefined);
}

/**
 * Reads the correlation id of a request from the query, if it is one of the facade, else from a header field. An id
 * that is not plain counts as absent: it only helps to find log lines, so it is no reason to refuse a request. Takes
 * `correlation_id` and `paging` out of the facade's query, so no route has to know of them.
 */
export function readCorrelation(request: FastifyRequest): void {
  const { url } = request;
  const asked = url.startsWith('/api/v1/') && url.includes('?') ? takeFromQuery(request) : undefined;
  request.correlationId = plainOf(asked) ?? findInHeaders(request);
}

/** The names of a request. */
export function namesOf({ id, correlationId }: FastifyRequest): RequestNames {
  return given({ request_id: id, correlation_id: correlationId });
}

function takeFromQuery(request: FastifyRequest): unknown {
  const { url } = request;
  // A path that cannot be decoded leaves the query unread.
  request.query ??= Object.fromEntries(new URLSearchParams(url.slice(url.indexOf('?'))));
  const query = request.query as Record<string, unknown>;
  const asked = query.correlation_id;
  delete query.correlation_id;
  delete query.paging;
  return asked;
}

function findInHeaders({ headers }: FastifyRequest): string | undefined {
  return (
    plainOf(headers['x-correlation-id']) ??
    // The first design's clients send it in this one, if they are told to use a header.
    plainOf(headers.correlation_id) ??
    (headers.traceparent === undefined ? undefined : traceOf(headers.traceparent))
  );
}

function traceOf(text: string | string[]): string | undefined {
  if (typeof text !== 'string') return undefined;
  const [, version, trace, more] = traceparent.exec(text) ?? [];
  return version === '00' && more !== undefined ? undefined : trace;
}

function plainOf(value: unknown): string | undefined {
  return typeof value === 'string' && plain.test(value) ? value : undefined;
}
