import type { Answer, Client, Request } from '../../support/client.ts';
import { type CheckAnswer, now, type Operation } from './history.ts';

/** A session with one token of it, by the names that the history has for them. */
export interface Held {
  readonly session: string;
  readonly token: string;
  readonly jwt: string;
  readonly credential: string;
}

/** The routes by which a server says whether a session lives. */
export type Way = 'current' | 'authenticate' | 'who-am-i';

export const ways: readonly Way[] = ['current', 'authenticate', 'who-am-i'];

/** Asks a server about a session, and records what it said. */
export async function askServer(
  client: Client,
  held: Held,
  way: Way,
  record: (operation: Operation) => void,
): Promise<CheckAnswer> {
  const { credential, jwt, session } = held;
  const headers = { 'x-session-id': credential };
  const requests: Record<Way, Request> = {
    current: { method: 'GET', path: '/api/v1/sessions/current', headers },
    authenticate: {
      method: 'POST',
      path: '/auth/authenticate',
      headers: { ...headers, authorization: `Bearer ${jwt}` },
    },
    'who-am-i': { method: 'POST', path: '/auth/who-am-i', headers },
  };
  // Without the token a change of what it says is no matter.
  const token = way === 'authenticate' ? held.token : `${session}/-`;
  const start = now();
  const [answer, reason] = await client.call(requests[way]).then(answerOf, lost);
  record({ what: 'check', node: 'server', token, start, end: now(), answer, reason: `${way} ${reason}` });
  return answer;
}

function answerOf({ status, json }: Answer): [CheckAnswer, string] {
  const code = String(json.code ?? '');
  if (status === 200) return ['accepted', ''];
  if (status === 401 && code === 'TOKEN_STALE') return ['stale', code];
  if (status === 440 || (status === 401 && code === 'INVALID_CREDENTIALS')) return ['refused', code];
  if (status === 503 && code === 'UNAVAILABLE') return ['unavailable', code];
  return ['failed', `${status} ${code}`];
}

/** What broke the connection; a fault of the test is thrown on. */
function lost(error: unknown): [CheckAnswer, string] {
  const { code } = error as { readonly code?: string };
  if (code === undefined || code === 'ERR_ASSERTION') throw error;
  return ['unavailable', code];
}
