import { decodeUtf8, parseJson } from '@latchkey/verify/internal';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../kernel/errors.ts';

const jsonType = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;

/**
 * Takes only `application/json` in UTF-8, so that forms of other sites cannot post here. Parses strictly: no repeated
 * members, no lone surrogates, nothing after the value.
 */
export function takeJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!jsonType.test(request.headers['content-type'] ?? '')) {
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
