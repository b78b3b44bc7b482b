import createApi, { type Client as Api } from 'openapi-fetch';
import { problemCode } from './errors.ts';
// Made by `npm ci`; where it is missing: `npm run prepare`.
import type { paths } from './generated/api.ts';
import { mayOpenSession, type SessionChange, sessionChange } from './session-change.ts';
import { TokenKeeper } from './token-keeper.ts';

/** The options of `createClient`. */
export interface ClientOptions {
  /** Where Latchkey is. */
  readonly baseUrl: string;
  /** Used for every request instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * How the session credential travels: `cookie` leaves it to the browser, where no script can read it; `header` holds
   * it here and sends `x-session-id`. By default `cookie` in a web page and `header` elsewhere.
   */
  readonly mode?: 'cookie' | 'header';
  /** The credential of a session that was opened before; for `header` mode. */
  readonly credential?: string;
  /** Called once when the session has ended elsewhere: not when this client signs out, and never in an outage. */
  readonly onSignedOut?: () => void;
}

/** A client of one Latchkey, for one person: its methods, such as `GET('/api/v1/sessions/current')`, are typed by the API. */
export interface Client extends Api<paths> {
  /**
   * Calls another service with token and credential, which its verifier needs. When the token is refused, it is
   * refreshed and the call repeated, once. Without a session the call goes out anonymous. The service must be one that you trust. Throws
   * what `fetch` throws, and TokenError when no token can be had.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** The token to send, as for a WebSocket; undefined when there is no session. Throws TokenError. */
  token(): Promise<string | undefined>;
  /** Asks Latchkey again whether there is a session: for a page, after a sign-in in another tab. Throws TokenError. */
  refresh(): Promise<boolean>;
  /** The session's credential, a secret, for a later `createClient`. Only in `header` mode, while there is a session. */
  readonly credential: string | undefined;
}

const refused = new Set(['TOKEN_STALE', 'INVALID_CREDENTIALS']);
/** Routes of the auth interface that need a token. */
const proven = /^\/auth\/(?!(?:login|who-am-i|revocations)$)/;
/** Milliseconds to wait for WhoAmI. */
const whoAmITimeout = 10_000;

/** Makes a client. Nothing is requested yet. Throws a TypeError when a credential is given in `cookie` mode. */
export function createClient(options: ClientOptions): Client {
  const { fetch = globalThis.fetch, onSignedOut = () => {} } = options;
  const { mode = 'document' in globalThis ? 'cookie' : 'header' } = options;
  const base = options.baseUrl.replace(/\/+$/, '');
  // As requests spell it: without a name's capital letters or a port that goes without saying.
  const root = new Request(base).url.replace(/\/+$/, '');
  let { credential } = options;
  if (mode === 'cookie' && credential !== undefined) throw new TypeError('credential needs the header mode');
  // A redirect to another origin would take x-session-id along, so none is followed with it.
  const withSession: RequestInit = mode === 'cookie' ? { credentials: 'include' } : { redirect: 'manual' };
  const anonymous: RequestInit = { credentials: 'omit' };

  const keeper = new TokenKeeper(askWhoAmI, mode === 'cookie', () => {
    credential = undefined;
    onSignedOut();
  });
  if (mode === 'header' && credential === undefined) keeper.end();

  function askWhoAmI(): Promise<Response> {
    const init = { ...withSession, method: 'POST', signal: AbortSignal.timeout(whoAmITimeout) };
    return fetch(prove(new Request(`${base}/auth/who-am-i`, init)));
  }

  function prove(request: Request, token?: string): Request {
    if (credential !== undefined) request.headers.set('x-session-id', credential);
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
    return request;
  }

  async function sendProven(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const token = await keeper.current();
    const request = new Request(input, { ...(token === undefined ? anonymous : withSession), ...init });
    if (token === undefined) return fetch(request);
    const spare = request.clone();
    const answer = await fetch(prove(request, token));
    keeper.adopt(token, answer.headers.get('x-latchkey-token'));
    if (answer.status !== 401 || !refused.has((await problemCode(answer)) ?? '')) return answer;
    const next = await keeper.replace(token);
    if (next === undefined || next === token) return answer;
    await answer.body?.cancel();
    return fetch(prove(spare, next));
  }

  async function sendToLatchkey(request: Request): Promise<Response> {
    const { session } = keeper;
    const path = request.url.split('?', 1)[0]!.slice(root.length);
    const isPost = request.method === 'POST';
    const settle = isPost && mayOpenSession(path) ? keeper.expectChange() : () => {};
    try {
      const answer = await (proven.test(path) ? sendProven(request) : fetch(prove(request)));
      const change = answer.ok && isPost ? await sessionChange(path, answer) : undefined;
      // A late answer to a sign-out says nothing about a later session. In a page it has deleted the cookie of that, too.
      const isLate = change?.kind === 'closed' && mode === 'header' && session !== keeper.session;
      if (change !== undefined && !isLate) adopt(change);
      settle();
      if (answer.status === 440) keeper.noticeEnd(session).catch(() => {});
      return answer;
    } finally {
      settle();
    }
  }

  function adopt(change: SessionChange): void {
    credential = mode === 'header' ? change.credential : undefined;
    if (change.kind === 'opened') keeper.begin(change.token);
    else keeper.end();
  }

  const api = createApi<paths>({ baseUrl: base, fetch: sendToLatchkey, ...withSession });
  return Object.defineProperties(
    { ...api, fetch: sendProven, token: () => keeper.current(), refresh },
    { credential: { get: () => credential, enumerable: true } },
  ) as Client;

  async function refresh(): Promise<boolean> {
    if (mode === 'header' && credential === undefined) return false;
    return (await keeper.refresh()) !== undefined;
  }
}
