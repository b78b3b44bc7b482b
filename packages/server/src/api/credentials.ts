import * as sent from '@latchkey/verify/internal';
import type { FastifyRequest } from 'fastify';
import type { SessionCookie } from '../http/cookies.ts';
import { AppError } from '../kernel/errors.ts';

const noCookies: readonly string[] = [];

/**
 * The credentials of a request, read as every verifier reads them. The token is empty where it cannot be one. Throws
 * AMBIGUOUS_CREDENTIALS.
 */
export function readCredentials(
  { raw }: FastifyRequest,
  cookie: SessionCookie | undefined,
): sent.SentCredentials {
  const credentials = sent.readCredentials(raw.rawHeaders, cookie?.names ?? noCookies);
  if (credentials.wrong === 'ambiguous-credentials') throw new AppError('AMBIGUOUS_CREDENTIALS');
  return credentials;
}

/** Every session credential that a request brings, for signing out. */
export function listCredentials({ raw }: FastifyRequest, cookie: SessionCookie | undefined): string[] {
  return sent.listCredentials(raw.rawHeaders, cookie?.names ?? noCookies);
}
