import assert from 'node:assert/strict';
import type { Answer } from './client.ts';
import { assertProblem, newPassword, type Person, type World } from './world.ts';

export const signIn = (w: World, login: string, password: string) =>
  w.call({
    method: 'POST',
    path: '/api/v1/signin',
    headers: { 'x-request-id': 'same' },
    json: { login, password },
  });

export const login = (w: World, username: string, password: string) =>
  w.call({
    method: 'POST',
    path: '/auth/login',
    headers: { 'x-request-id': 'same' },
    json: { username, password },
  });

export const verify = (w: World, person: Person, password: string) =>
  w.call({
    method: 'POST',
    path: '/api/v1/passwords/verify',
    headers: w.byHeader(person),
    json: { password },
  });

export const change = (w: World, person: Person, password: string) =>
  w.call({
    method: 'POST',
    path: `/api/v1/passwords/${person.id}/change`,
    headers: w.byHeader(person),
    json: { old_password: password, new_password: newPassword() },
  });

/** The count of wrong tries as it is stored. */
export const triesOf = async (w: World, { id }: Person) =>
  (await w.app.context.read.passwords.find(id))!.tries;

/** That the answer asks for that wait. */
export function assertHeld(answer: Answer, seconds: number): void {
  assertProblem(answer, 429, 'TOO_MANY_REQUESTS');
  assert.equal(answer.headers['retry-after'], String(seconds));
}

/** Tries that many wrong passwords in a row, each after its wait. */
export async function fail(w: World, person: Person, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const { waitUntil } = await triesOf(w, person);
    if (waitUntil > w.clock.now()) w.clock.move(waitUntil - w.clock.now());
    assertProblem(await signIn(w, person.login, newPassword()), 400, 'WRONG_PASSWORD');
  }
}
