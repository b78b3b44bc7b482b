/** Every error code of the API, with its sentence. Codes are stable. docs/errors.md is generated from here. */
export const errorCodes = {
  SESSION_NOT_FOUND: 'There is no live session for the credential that was sent. Sign in again.',
  NOT_SIGNED: 'This needs a session, and none was sent.',
  INVALID_CREDENTIALS: 'The credentials are not valid.',
  TOKEN_STALE:
    'The token is older than a change of its account. Refresh it at /auth/who-am-i and repeat the call.',
  NOT_OWNER: 'Only the account itself, or an admin, may do this.',
  NOT_IN_ROLE: 'This needs a role that the caller does not have.',
  NOT_IN_SITE_ROLE: 'This needs a role on the site that the caller does not have.',
  NO_PERMISSIONS: 'The caller may not do this.',
  REAUTH_REQUIRED: 'This needs a recent proof of presence: sign in again, or verify the password.',
  OWNER_PROOF_REQUIRED:
    'The code shows whose the mailbox is, not whose the account is: sign in to the account, or send its password or a new one.',
  PASSWORD_CHANGE_REQUIRED:
    'The session was opened with a one-time password: it can only be used to choose a new password.',
  WRONG_ORIGIN: 'The request comes from a web page whose origin is not allowed.',
  WRONG_LOGIN: 'There is no such account.',
  WRONG_PASSWORD: 'The password is wrong.',
  LOGIN_ALREADY_USED: 'Another account has this login.',
  INVALID_DATA: 'The request is not well formed. See errors for the fields.',
  AMBIGUOUS_CREDENTIALS: 'More than one session credential was sent, and they differ or repeat.',
  PASSWORD_TOO_SHORT: 'The password is too short.',
  PASSWORD_TOO_LONG: 'The password is too long.',
  PASSWORD_TOO_COMMON: 'The password is too easy to guess.',
  WRONG_CODE: 'The code is wrong, was used before, or belongs to another account.',
  CODE_EXPIRED: 'The code has expired.',
  NOT_FOUND: 'There is nothing here with that name.',
  METHOD_NOT_ALLOWED: 'This path does not support that method.',
  CONFLICT: 'The change conflicts with the current state.',
  PAYLOAD_TOO_LARGE: 'The request is too large.',
  UNSUPPORTED_MEDIA_TYPE: 'A request body must be application/json in UTF-8.',
  TOO_MANY_REQUESTS: 'Too many requests. Wait as long as Retry-After says.',
  UNAVAILABLE: 'The service cannot answer now. Try again as Retry-After says.',
  INTERNAL: 'Something went wrong in the server. Its log has the details under the request id.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** What is wrong with one field of the input. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface ErrorDetails {
  /** Shown to the caller. Never a credential, and nothing from the request. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Seconds. */
  readonly retryAfter?: number;
  /** Only for the log. */
  readonly cause?: unknown;
}

/** A failure that the caller is told, by a stable code. A programmer's mistake is a TypeError instead. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(errorCodes[code], details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}

/** An INVALID_DATA error about one field. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('INVALID_DATA', { errors: [{ field, code: 'INVALID_DATA', message }] });
}
