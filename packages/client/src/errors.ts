/**
 * The client could not get a token, although the session may live. `code` is `UNAVAILABLE` when nobody could answer
 * (network, time-out, 429, 5xx), otherwise Latchkey's own code. It never means "signed out".
 */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`No token can be had now (${code})`, options);
    this.code = code;
  }
}

/** Latchkey refused the credentials, or name and password: 401. `code` is `INVALID_CREDENTIALS`. */
export class InvalidCredentials extends Error {
  override readonly name = 'InvalidCredentials';
  readonly code = 'INVALID_CREDENTIALS';

  constructor() {
    super('The credentials are not valid');
  }
}

/** The caller may not do this: 403. `code` is `NO_PERMISSIONS`. */
export class NoPermissions extends Error {
  override readonly name = 'NoPermissions';
  readonly code = 'NO_PERMISSIONS';

  constructor() {
    super('The caller may not do this');
  }
}

const exceptions: readonly (new () => InvalidCredentials | NoPermissions)[] = [
  InvalidCredentials,
  NoPermissions,
];
const exceptionOf = new Map(exceptions.map((Exception) => [new Exception().code as string, Exception]));

/**
 * The exception of the auth interface that a problem stands for, to be thrown:
 * `const { error } = await client.DELETE(…); if (error) throw errorOf(error) ?? error`. Undefined for any other problem.
 */
export function errorOf(problem: unknown): InvalidCredentials | NoPermissions | undefined {
  const code = (problem as { readonly code?: unknown } | null | undefined)?.code;
  const Exception = typeof code === 'string' ? exceptionOf.get(code) : undefined;
  return Exception && new Exception();
}

/** The `code` of a problem document (RFC 9457); undefined for any other answer. Leaves the answer's body unread. */
export async function problemCode(answer: Response): Promise<string | undefined> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  const problem: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined);
  const code = (problem as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
