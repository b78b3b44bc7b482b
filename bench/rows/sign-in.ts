import type { Row } from '../context.ts';
import { httpRequest, type LoadJob } from '../load/loader.ts';
import type { Latchkey } from '../server/latchkey.ts';
import { HASHES_IN_FLIGHT, playAgainstArgon2 } from './against-argon2.ts';

/** Sign-ins of account after account, so that no limit per account or address is met. */
export function signInLoad(ours: Latchkey, durationMs: number): LoadJob {
  const requests = ours.logins.map((login, n) =>
    httpRequest('POST', '/api/v1/signin', ours.addressHeaders(n), { login, password: ours.password }),
  );
  return { port: ours.port, requests, connections: HASHES_IN_FLIGHT, durationMs, minBody: 200 };
}

export const signIn: Row = {
  name: 'sign-in',
  run: (context) => playAgainstArgon2(context, 'sign-ins', 0.9, signInLoad),
};
