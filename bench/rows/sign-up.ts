import type { Row } from '../context.ts';
import { httpRequest, type LoadJob } from '../load/loader.ts';
import type { Latchkey } from '../server/latchkey.ts';
import { HASHES_IN_FLIGHT, playAgainstArgon2 } from './against-argon2.ts';

/** More than any round can use up. */
const BODIES = 2000;

let made = 0;

/** Sign-ups with an address, so that each puts a mail into the queue as well; no login comes twice. */
function signUpLoad({ port }: Latchkey, durationMs: number): LoadJob {
  const requests = Array.from({ length: BODIES }, () => {
    made += 1;
    const body = { name: `New ${made}`, email: `new${made}@example.com`, password: 'correct horse battery' };
    return httpRequest('POST', '/api/v1/signup', {}, body);
  });
  return { port, requests, connections: HASHES_IN_FLIGHT, durationMs, minBody: 200 };
}

export const signUp: Row = {
  name: 'sign-up',
  run: (context) => playAgainstArgon2(context, 'sign-ups', 0.85, signUpLoad),
};
