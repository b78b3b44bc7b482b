import { decodeUtf8, parseJson } from '@latchkey/verify/internal';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../kernel/errors.ts';

const utf8Type = /^(application\/(?:json|merge-patch\+json))(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;

/**
 * Takes only `application/json` in UTF-8, and the other kinds of JSON where a route's schema `consumes` them, so that forms of other sites cannot post here. Parses strictly: no repeated
 * members, no lone surrogates, nothing after the value.
 */
export function takeJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const types = ['application/json', 'application/merge-patch+json'];
  server.addContentTypeParser(types, { parseAs: 'buffer' }, (request, body, done) => {
    const type = utf8Type.exec(request.headers['content-type'] ?? '')?.[1]?.toLowerCase();
    const taken = (request.routeOptions.schema as { consumes?: string[] } | undefined)?.consumes ?? [
      'application/json',
    ];
    if (type === undefined || !taken.includes(type)) {
      done(new AppError('UNSUPPORTED_MEDIA_TYPE'));
      return;
    }
    try {
      done(null, body.length === 0 ? undefined : parseJson(decodeUtf8(body as Buffer)));
    } catch (error) {
      done(new AppError('INVALID_DATA', { detail: 'The body is not well-formed JSON.', cause: error }));
    }
  });
}
