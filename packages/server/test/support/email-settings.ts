import assert from 'node:assert/strict';
import type { Request } from './client.ts';
import { newAddress, newLogin, type World } from './world.ts';

export const putEmailSettings = (id: string, json: unknown): Request => ({
  method: 'PUT',
  path: `/api/v1/email_settings/${id}`,
  json,
});

/** Verifies with the code, and with the account's password where a person is given. */
export const verifyEmail = (
  login: string,
  code: string,
  { password }: { readonly password?: string } = {},
): Request => ({
  method: 'POST',
  path: '/api/v1/email_settings/verify',
  json: { login, code, ...(password !== undefined && { password }) },
});

/** Somebody new with an address that is not verified. */
export async function withMail(w: World) {
  const email = newAddress();
  return { ...(await w.person({ login: newLogin(), email, language: 'de' })), email };
}

export async function mailPeople(w: World) {
  return { anna: await withMail(w), ben: await withMail(w), root: await w.admin() };
}

/** The code to verify with that was mailed to the address last. */
export async function codeTo(w: World, email: string): Promise<string> {
  const mails = await w.mailsTo(email);
  return mails.filter(({ kind }) => kind === 'verify-email').at(-1)!.values.code!;
}

/** Anna, whose address is verified, and others. */
export async function verifiedPeople(w: World) {
  const given = await mailPeople(w);
  const { login, email } = given.anna;
  const verified = verifyEmail(login, await codeTo(w, email), given.anna);
  assert.equal((await w.call(verified)).status, 204);
  return { ...given, moved: newAddress() };
}

/** The address as it is stored. */
export async function stateOf(w: World, { id }: { id: string }) {
  const { email, verified: is, provenEmail } = (await w.app.context.read.emailSettings.find(id as never))!;
  return { email, verified: is, provenEmail };
}
