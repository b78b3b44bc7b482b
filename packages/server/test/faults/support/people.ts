import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import type { Answer, Client, Request } from '../../support/client.ts';
import { now, type Of, type Operation } from './history.ts';
import type { Held } from './server-checks.ts';

const password = 'correct horse battery staple';
let people = 0;

/** Somebody who signs in, with all that is needed to record it. */
export interface Person {
  readonly userId: string;
  signIn(): Promise<Session>;
}

/** A session by its credential. */
export interface Session {
  readonly id: string;
  readonly credential: string;
  /** A token of it, with the next name. */
  token(): Promise<Held>;
}

/** Sends requests from an address of its own, so that no limit of requests is met. */
export function fromNewAddress(client: Client): (request: Request) => Promise<Answer> {
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  return ({ headers, ...request }) =>
    client.call({ ...request, headers: { ...headers, 'x-forwarded-for': address } });
}

/** Signs somebody new up. Throws when anything but 200 is answered. */
export async function signUp(
  client: Client,
): Promise<{ readonly person: Person; readonly session: Session }> {
  people += 1;
  const login = `person-${process.pid}-${people}`;
  const send = fromNewAddress(client);
  const opened = async (path: string, json: object) => {
    const answer = await send({ method: 'POST', path, json });
    assert.equal(answer.status, 200, `${path} answered ${answer.text}`);
    return { session: sessionOf(send, String(answer.json.id)), userId: String(answer.json.user_id) };
  };
  const json = { name: 'Ann', login, email: `${login}@example.com`, password };
  const { session, userId } = await opened('/api/v1/signup', json);
  const signIn = async () => (await opened('/api/v1/signin', { login, password })).session;
  return { person: { userId, signIn }, session };
}

/** A session of an account that exists. */
export async function signInAs(client: Client, login: string, secret: string): Promise<Session> {
  const send = fromNewAddress(client);
  const answer = await send({ method: 'POST', path: '/api/v1/signin', json: { login, password: secret } });
  assert.equal(answer.status, 200, answer.text);
  return sessionOf(send, String(answer.json.id));
}

function sessionOf(send: (request: Request) => Promise<Answer>, credential: string): Session {
  const id = credential.split('.')[0]!;
  let count = 0;
  return {
    id,
    credential,
    async token() {
      const headers = { 'x-session-id': credential };
      const { status, json, text } = await send({ method: 'POST', path: '/auth/who-am-i', headers });
      assert.equal(status, 200, `who-am-i answered ${text}`);
      count += 1;
      return { session: id, token: `${id}/${count}`, jwt: String(json.token), credential };
    },
  };
}

/** What is to end. */
export interface Ending {
  readonly way: 'close' | 'change';
  readonly session: string;
  readonly tokens: readonly string[];
  readonly request: Request;
}

/** Sends a request that ends something, and records it; an answer that is neither good nor 503 is a failure. */
export async function end(
  client: Client,
  { request, ...what }: Ending,
  record: (operation: Operation) => void,
): Promise<Of<'end'>['answer']> {
  const start = now();
  const answer = await client.call(request).then(
    ({ status }) => (status < 300 ? 'done' : status === 503 ? 'unavailable' : 'failed'),
    () => 'lost' as const,
  );
  record({ what: 'end', ...what, start, end: now(), answer });
  return answer;
}

/** Closes one session of a person by another, by credentials alone. */
export function plainClosingOf(closed: Held, by: Held, userId: string): Ending {
  const path = `/api/v1/sessions/${userId}/${closed.session}`;
  const request = { method: 'DELETE', path, headers: { 'x-session-id': by.credential } };
  return { way: 'close', session: closed.session, tokens: [], request };
}

/** The ways in which a person closes one session by another of theirs, or by itself. */
export function closingOf(closed: Held, by: Held, userId: string): Ending {
  const bySession = { 'x-session-id': by.credential };
  const byToken = { ...bySession, authorization: `Bearer ${by.jwt}` };
  const ownToken = { 'x-session-id': closed.credential, authorization: `Bearer ${closed.jwt}` };
  const requests: Request[] = [
    plainClosingOf(closed, by, userId).request,
    { method: 'DELETE', path: `/api/v1/sessions/${userId}?except=current`, headers: bySession },
    { method: 'POST', path: '/api/v1/signout', headers: { 'x-session-id': closed.credential } },
    { method: 'DELETE', path: `/auth/sessions/${closed.session}`, headers: byToken },
    { method: 'DELETE', path: '/auth/sessions', headers: byToken },
    { method: 'POST', path: '/auth/logout', headers: ownToken },
  ];
  const request = requests[randomInt(requests.length)]!;
  return { way: 'close', session: closed.session, tokens: [], request };
}
