import type { Problem } from '@latchkey/verify/internal';
import type { Authenticated } from '@latchkey/verify/node';

/** An answer to a proxy. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Lets the request pass, with headers about the caller, and with `headers` for the client. */
export function allow(
  caller: Authenticated | undefined,
  status: number,
  headers: Readonly<Record<string, string>>,
): Reply {
  return { status, headers: { ...callerHeaders(caller), 'x-latchkey-code': '', ...headers } };
}

/** Refuses the request. The code is also in a header, for proxies that make their own page. */
export function refuse({ status, code, headers, body }: Problem): Reply {
  return { status, headers: { ...callerHeaders(undefined), 'x-latchkey-code': code, ...headers }, body };
}

/** Answers a request that is malformed or cannot be checked. */
export function fail(status: number, code: string, title: string): Reply {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (status === 503) headers['retry-after'] = '1';
  return refuse({
    status,
    code,
    headers,
    body: JSON.stringify({ type: 'about:blank', title, status, code }),
  });
}

/** Answers with the state of the process. */
export function health(status: string): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ status }) };
}

/**
 * The headers about the caller, empty without one: a proxy that copies them replaces headers of these names that the
 * client sent.
 */
function callerHeaders(caller: Authenticated | undefined): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'x-user-id': caller === undefined ? '' : String(caller.userId),
    'x-session-id': caller?.sessionId ?? '',
    'x-roles': caller?.roles.join(',') ?? '',
  };
}
