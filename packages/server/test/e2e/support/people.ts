import assert from 'node:assert/strict';
import type { Client } from '../../support/client.ts';

export const password = 'correct horse battery staple';

/** One sign-in of somebody. */
export interface Person {
  readonly login: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly credential: string;
}

let count = 0;

/** Somebody new. */
export async function signUp(client: Client): Promise<Person> {
  count += 1;
  const login = `somebody-${count}`;
  const json = { name: 'Ann', login, email: `${login}@example.com`, password };
  return opened(client, login, '/api/v1/signup', json);
}

/** The same person on another device. */
export function signIn(client: Client, { login }: { readonly login: string }): Promise<Person> {
  return opened(client, login, '/api/v1/signin', { login, password });
}

/** A token for the session. */
export async function tokenOf(client: Client, { credential }: Person): Promise<string> {
  const headers = { 'x-session-id': credential };
  const answer = await client.call({ method: 'POST', path: '/auth/who-am-i', headers });
  assert.equal(answer.status, 200, answer.text);
  return String(answer.json.token);
}

/** The status of a request with the session's credential: 200 or 440. */
export async function statusOf(client: Client, { credential }: Person): Promise<number> {
  const headers = { 'x-session-id': credential };
  return (await client.call({ method: 'GET', path: '/api/v1/sessions/current', headers })).status;
}

/** Closes the session of a person from another one of theirs. */
export async function closeSession(client: Client, closed: Person, by: Person): Promise<void> {
  const path = `/api/v1/sessions/${closed.userId}/${closed.sessionId}`;
  const answer = await client.call({
    method: 'DELETE',
    path,
    headers: { 'x-session-id': by.credential },
  });
  assert.equal(answer.status, 200, answer.text);
}

async function opened(client: Client, login: string, path: string, json: object): Promise<Person> {
  const answer = await client.call({ method: 'POST', path, json });
  assert.equal(answer.status, 200, answer.text);
  const credential = String(answer.json.id);
  const sessionId = credential.split('.')[0]!;
  return { login, userId: String(answer.json.user_id), sessionId, credential };
}
