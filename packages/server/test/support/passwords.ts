import assert from 'node:assert/strict';
import type { Request } from './client.ts';
import { newAddress, newLogin, newPassword, type Person, type World } from './world.ts';

export const recover = (login: string): Request => ({
  method: 'POST',
  path: '/api/v1/passwords/recover',
  json: { login },
});

export const reset = (login: string, code: string, password = newPassword()): Request => ({
  method: 'POST',
  path: '/api/v1/passwords/reset',
  json: { login, code, password },
});

export const signInWith = (login: string, password: string): Request => ({
  method: 'POST',
  path: '/api/v1/signin',
  json: { login, password },
});

/** Somebody with an address. */
export interface Mailed extends Person {
  readonly email: string;
}

export async function withMail(w: World): Promise<Mailed> {
  const email = newAddress();
  return { ...(await w.person({ login: newLogin(), email })), email };
}

/** The codes to recover with that were mailed, oldest first. */
export async function codesOf(w: World, { email }: Mailed): Promise<string[]> {
  const mails = await w.mailsTo(email);
  return mails.filter(({ kind }) => kind === 'recover-password').map(({ values }) => values.code!);
}

/** Somebody who asked for a code, and the code. */
export async function recovering(w: World) {
  const anna = await withMail(w);
  assert.equal((await w.call(recover(anna.login))).status, 204);
  return { anna, code: (await codesOf(w, anna))[0]!, password: newPassword() };
}
