import type { FastifyRequest } from 'fastify';
import type { SessionCookie } from '../http/cookies.ts';
import { AppError } from '../kernel/errors.ts';

/** What a request brings to prove who it is; nothing of it is checked yet. */
export interface Presented {
  readonly credential?: string;
  readonly fromCookie: boolean;
  /** The token; empty when the Authorization header is not `Bearer <token>`. */
  readonly bearer?: string;
}

const nothing: Presented = { fromCookie: false };

/**
 * The credentials of a request: the session credential from `x-session-id` or from the cookie, and a bearer token.
 * Throws AMBIGUOUS_CREDENTIALS when one of them is there twice, or header and cookie differ.
 */
export function readCredentials(
  request: FastifyRequest,
  sessionCookie: SessionCookie | undefined,
): Presented {
  const { headers } = request.raw;
  const given = headers['x-session-id'] as string | undefined;
  const authorization = headers.authorization;
  if (given === undefined && authorization === undefined && headers.cookie === undefined) return nothing;
  const cookies = sessionCookie?.read(headers.cookie) ?? [];
  // Node joins repeated headers of this name with a comma, which no credential holds.
  if (cookies.length > 1 || given?.includes(',')) throw new AppError('AMBIGUOUS_CREDENTIALS');
  // Empty ones count as none.
  const [header, cookie] = [given || undefined, cookies[0] || undefined];
  if (header !== undefined && cookie !== undefined && header !== cookie)
    throw new AppError('AMBIGUOUS_CREDENTIALS');
  const credential = header ?? cookie;
  return {
    fromCookie: header === undefined && cookie !== undefined,
    ...(credential !== undefined && { credential }),
    ...(authorization !== undefined && { bearer: bearerOf(request, authorization) }),
  };
}

/** RFC 6750, 2.1. */
function bearerOf(request: FastifyRequest, authorization: string): string {
  let count = 0;
  const { rawHeaders } = request.raw;
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]!.toLowerCase() === 'authorization') count += 1;
  // Node keeps the first of several and drops the rest.
  if (count > 1) throw new AppError('AMBIGUOUS_CREDENTIALS');
  return /^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1] ?? '';
}
