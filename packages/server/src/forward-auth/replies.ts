import type { Problem } from '@latchkey/verify/internal';
import type { Authenticated } from '@latchkey/verify/node';

/** An answer to a proxy. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Lets the request go on, and tells of the caller. */
export function yes(caller: Authenticated | undefined, status: number): Reply {
  return { status, headers: { ...about(caller), 'x-latchkey-code': '' } };
}

/** Refuses the request. A proxy that makes a page of its own finds the code in a header. */
export function no({ status, code, headers, body }: Problem): Reply {
  return { status, headers: { ...about(undefined), 'x-latchkey-code': code, ...headers }, body };
}

/** Refuses what is no question about a caller, or one that cannot be answered. */
export function failure(status: number, code: string, title: string): Reply {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (status === 503) headers['retry-after'] = '1';
  return no({ status, code, headers, body: JSON.stringify({ type: 'about:blank', title, status, code }) });
}

/** The state of the process. */
export function health(status: string): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ status }) };
}

/**
 * Every header that tells of the caller, empty where there is nobody: a proxy that copies them replaces whatever the
 * client has sent by these names.
 */
function about(caller: Authenticated | undefined): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'x-user-id': caller === undefined ? '' : String(caller.userId),
    'x-session-id': caller?.sessionId ?? '',
    'x-roles': caller?.roles.join(',') ?? '',
  };
}
