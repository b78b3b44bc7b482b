import { STATUS_CODES } from 'node:http';
import { AppError, type ErrorCode, errorCodes, type FieldError } from '../kernel/errors.ts';
import { given } from '../kernel/given.ts';
import type { RequestNames } from './correlation.ts';

/** The HTTP status of every code. Only this file knows statuses. */
export const statusOf: Record<ErrorCode, number> = {
  SESSION_NOT_FOUND: 440,
  NOT_SIGNED: 401,
  INVALID_CREDENTIALS: 401,
  TOKEN_STALE: 401,
  NOT_OWNER: 403,
  NOT_IN_ROLE: 403,
  NOT_IN_SITE_ROLE: 403,
  NO_PERMISSIONS: 403,
  REAUTH_REQUIRED: 403,
  OWNER_PROOF_REQUIRED: 403,
  PASSWORD_CHANGE_REQUIRED: 403,
  WRONG_ORIGIN: 403,
  WRONG_LOGIN: 400,
  WRONG_PASSWORD: 400,
  LOGIN_ALREADY_USED: 400,
  INVALID_DATA: 400,
  AMBIGUOUS_CREDENTIALS: 400,
  PASSWORD_TOO_SHORT: 400,
  PASSWORD_TOO_LONG: 400,
  PASSWORD_TOO_COMMON: 400,
  WRONG_CODE: 400,
  CODE_EXPIRED: 400,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** pip-services3's words for the kinds of failure: by them its clients make an error of the right class. */
type Category = 'BadRequest' | 'Unauthorized' | 'NotFound' | 'Conflict' | 'NoResponse' | 'Unknown';

/** The category of every status that is not BadRequest. */
const categories: Readonly<Record<number, Category>> = {
  401: 'Unauthorized',
  403: 'Unauthorized',
  404: 'NotFound',
  409: 'Conflict',
  440: 'Unauthorized',
  500: 'Unknown',
  503: 'NoResponse',
};

/** The category of failures with that status. */
export function categoryOf(status: number): Category {
  return categories[status] ?? 'BadRequest';
}

/** A problem document (RFC 9457), which clients of pip-services3 read as an error of their own. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly category: Category;
  /** As `detail`. */
  readonly message: string;
  readonly request_id?: string;
  readonly correlation_id?: string;
  readonly errors?: readonly FieldError[];
  /** What is also told elsewhere, but not to clients that only keep this member. */
  readonly details: { readonly errors?: readonly FieldError[]; readonly retry_after?: number };
}

/**
 * The document that tells a caller about a failure. Every SESSION_NOT_FOUND has the same bytes, whatever was wrong with
 * the credential, so it is the only one without a request id; the header `x-request-id` of every answer has it. What the
 * caller itself sent as a correlation id is in it.
 */
export function problemOf(error: AppError, names: RequestNames, publicUrl: string): Problem {
  const { code, details } = error;
  const { errors, retryAfter, detail = errorCodes[code] } = details;
  const status = statusOf[code];
  const { request_id, correlation_id } = names;
  return {
    type: `${publicUrl}/docs/errors#${code}`,
    title: status === 440 ? 'Login Time-out' : (STATUS_CODES[status] ?? 'Error'),
    status,
    detail,
    code,
    category: categoryOf(status),
    message: detail,
    ...(code !== 'SESSION_NOT_FOUND' && { request_id }),
    ...given({ correlation_id, errors }),
    details: given({ errors, retry_after: retryAfter }),
  };
}

const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INVALID_DATA',
  FST_ERR_BAD_URL: 'NOT_FOUND',
  FST_ERR_ASYNC_CONSTRAINT: 'NOT_FOUND',
  FST_ERR_MAX_PARAM_LENGTH: 'NOT_FOUND',
};

/** Any thrown value as a coded error; INTERNAL for those that were not expected. */
export function appErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(codeOfFastify(error) ?? 'INTERNAL', { cause: error });
}

/** The code of what Fastify itself refuses. Where it blames the request, that is never a failure of the server. */
function codeOfFastify(error: unknown): ErrorCode | undefined {
  const { code, statusCode } = Object(error) as { readonly code?: unknown; readonly statusCode?: unknown };
  // The client went away in the middle of its body.
  if (code === 'ECONNRESET' && statusCode === 400) return 'INVALID_DATA';
  if (typeof code !== 'string' || !code.startsWith('FST_ERR_')) return undefined;
  if (Object.hasOwn(fastifyCodes, code)) return fastifyCodes[code];
  return typeof statusCode === 'number' && statusCode < 500 ? 'INVALID_DATA' : undefined;
}
