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
