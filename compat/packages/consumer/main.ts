import { type Client, createClient, TokenError } from '@latchkey/client';
import {
  type Authenticated,
  createVerifier,
  InvalidCredentials,
  SessionEnded,
  TokenStale,
  Unavailable,
  type Verifier,
  type VerifierOptions,
} from '@latchkey/verify';
import { createTestLatchkey, type TestSession } from '@latchkey/verify/testing';

const options: VerifierOptions = { issuer: 'https://id.example.com', serviceKey: 'key', onStale: 'reject' };
const verifier: Verifier = createVerifier(options);

export async function callerOf(token: unknown, cookie: unknown): Promise<Authenticated | string> {
  try {
    const caller = await verifier.authenticate(token, cookie, { onStale: 'accept' });
    caller.signal.addEventListener('abort', () => caller.signal.reason instanceof SessionEnded);
    return caller;
  } catch (error) {
    if (error instanceof InvalidCredentials || error instanceof TokenStale) return error.reason;
    if (error instanceof Unavailable) return error.code satisfies 'UNAVAILABLE';
    throw error;
  }
}

// @ts-expect-error: an issuer is needed
createVerifier({ serviceKey: 'key' });
// @ts-expect-error: not one of the words
createVerifier({ ...options, onStale: 'guess' });

export async function nameOf(client: Client): Promise<string | undefined> {
  const { data, error } = await client.GET('/api/v1/sessions/current');
  // @ts-expect-error: there is no such route
  await client.GET('/api/v1/nothing');
  if (error !== undefined) return error.code;
  return data.user.name;
}

export const client = createClient({ baseUrl: 'https://id.example.com', onSignedOut: () => {} });
export const isOutage = (error: unknown): boolean =>
  error instanceof TokenError && error.code === 'UNAVAILABLE';

export async function signIn(): Promise<TestSession> {
  const latchkey = createTestLatchkey({ audience: 'orders' });
  const session = latchkey.openSession({ userId: 42, roles: ['77:manager'] });
  // @ts-expect-error: the issuer is the test's own
  await latchkey.createVerifier({ issuer: 'https://id.example.com' });
  await latchkey.advance('10m');
  return session.renew();
}
