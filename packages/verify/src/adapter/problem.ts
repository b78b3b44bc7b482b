import type { ServerResponse } from 'node:http';

/** Stable codes of the answers that the adapters give. */
export type ProblemCode =
  | 'INVALID_CREDENTIALS'
  | 'TOKEN_STALE'
  | 'UNAVAILABLE'
  | 'NOT_IN_ROLE'
  | 'NOT_IN_SITE_ROLE'
  | 'REAUTH_REQUIRED';

/** An answer that refuses a request: `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const answers: Record<ProblemCode, readonly [number, string, Record<string, string>]> = {
  INVALID_CREDENTIALS: [401, 'Not signed in', { 'www-authenticate': 'Bearer' }],
  TOKEN_STALE: [401, 'The token is out of date', { 'www-authenticate': 'Bearer error="invalid_token"' }],
  UNAVAILABLE: [503, 'Credentials cannot be checked now', { 'retry-after': '1' }],
  NOT_IN_ROLE: [403, 'Not in the role that this needs', {}],
  NOT_IN_SITE_ROLE: [403, 'Not in the role on this site that this needs', {}],
  REAUTH_REQUIRED: [403, 'Prove your presence again', {}],
};

/** The answer for a code. It says nothing about which check failed. */
export function problem(code: ProblemCode): Problem {
  const [status, title, headers] = answers[code];
  return {
    status,
    code,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ type: 'about:blank', title, status, code }),
  };
}

/**
 * The answer for an error of `authenticate`. Any error that is not a refusal is an outage. The code decides, not the
 * class: a bundler may have made a second copy of the class, as that of Next.js does.
 */
export function problemOf(error: unknown): Problem {
  const { code } = Object(error) as { readonly code?: unknown };
  return problem(code === 'INVALID_CREDENTIALS' || code === 'TOKEN_STALE' ? code : 'UNAVAILABLE');
}

/** Sends an answer with a response of `node:http`, or of a framework that is built on it. */
export function sendProblem(response: ServerResponse, { status, headers, body }: Problem): void {
  response.writeHead(status, headers).end(body);
}
