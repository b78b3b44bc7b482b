import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import { decodeUtf8, parseJson } from '@latchkey/verify/internal';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../kernel/errors.ts';

const jsonOnly: readonly string[] = ['application/json'];
/** `type/subtype`, as Fastify demands it before it reads anything. */
const mediaType = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/;

/**
 * Reads bodies by their bytes: where there are none there is no body, whatever the header fields say; gateways add and
 * drop those. Bytes must be `application/json` in UTF-8, or another kind of JSON where a route's schema `consumes` it,
 * so that forms of other sites cannot post here. Parses strictly: no repeated members, no lone surrogates, nothing
 * after the value.
 */
export function readJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  // For every type, and for none: the type only counts where there are bytes.
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, sent, done) => {
    const bytes = withoutMark(sent as Buffer);
    // A path that is not there takes nothing, and is told so.
    if (bytes.length === 0 || request.is404) return done(null, undefined);
    const refusal = refusalOf(request);
    if (refusal !== undefined) return done(refusal);
    try {
      done(null, parseJson(decodeUtf8(bytes)));
    } catch (error) {
      done(new AppError('INVALID_DATA', { detail: 'The body is not well-formed JSON.', cause: error }));
    }
  });
}

/**
 * Takes a type that was set twice for one: browsers join what a page and a library set on one request. Takes a type that
 * is none for unknown bytes (RFC 9110, 8.3): Fastify would refuse it although no body follows.
 */
export function correctType({ headers }: FastifyRequest): void {
  const sent = headers['content-type'];
  if (sent === undefined) return;
  const [type = '', ...others] = sent.includes(',') ? new Set(elementsOf(sent)) : [sent];
  const one = others.length === 0 ? type : sent;
  headers['content-type'] = mediaType.test(one) ? one : 'application/octet-stream';
}

/** Whether the client says that it has compressed the body. */
export function isCompressed({ 'content-encoding': codings = '' }: IncomingHttpHeaders): boolean {
  return elementsOf(codings).some((coding) => coding !== 'identity');
}

/** The elements of a list in lower case; empty ones do not count (RFC 9110, 5.6.1). */
function elementsOf(list: string): string[] {
  return list
    .toLowerCase()
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

/** Whether a GET or HEAD, whose body Fastify leaves unread, brings any bytes. The answer is known without waiting unless
 * the body is chunked. */
export function bringsBytes({ raw, headers }: FastifyRequest): boolean | Promise<boolean> {
  const { 'content-length': length, 'transfer-encoding': coding } = headers;
  return coding === undefined ? length !== undefined && Number(length) > 0 : findBytes(raw);
}

async function findBytes(raw: IncomingMessage): Promise<boolean> {
  try {
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) if (chunk.length > 0) return true;
    return false;
  } catch {
    // The client is gone, or sends no proper chunks.
    return true;
  }
}

/** Why the bytes are not read: their coding, their type or their charset. */
function refusalOf({ headers, routeOptions }: FastifyRequest): AppError | undefined {
  if (isCompressed(headers)) {
    return new AppError('UNSUPPORTED_MEDIA_TYPE', { detail: 'The body must not be compressed.' });
  }
  const type = typeOf(headers['content-type']);
  const { consumes = jsonOnly } = (routeOptions.schema ?? {}) as { readonly consumes?: readonly string[] };
  if (type === undefined || !consumes.includes(type.essence)) return new AppError('UNSUPPORTED_MEDIA_TYPE');
  const charset = type.params.get('charset');
  if (charset === null || /^utf-?8$/i.test(charset)) return undefined;
  return new AppError('UNSUPPORTED_MEDIA_TYPE', { detail: 'The charset of the body must be UTF-8.' });
}

/** Parsed as browsers do when they decide whether a page may send it unasked. */
function typeOf(text: string | undefined): MIMEType | undefined {
  try {
    return text === undefined ? undefined : new MIMEType(text);
  } catch {
    return undefined;
  }
}

/** Readers may ignore the byte-order mark with which some programs begin (RFC 8259, 8.1). */
function withoutMark(bytes: Buffer): Buffer {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? bytes.subarray(3) : bytes;
}
