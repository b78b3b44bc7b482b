/** COUNT verifiers in one process, each with a connection of its own, that note when they begin to refuse a session. */
import { createVerifier } from '@latchkey/verify';
import { serveOrders } from './serve-orders.ts';

interface Credentials {
  readonly token: string;
  readonly cookie: string;
}

const { ISSUER = '', SERVICE_KEY = '', COUNT = '1' } = process.env;

/** By session: nanoseconds of the monotonic clock, which all processes of the machine share. */
const refused: Record<string, string[]> = {};

const verifiers = Array.from({ length: Number(COUNT) }, () =>
  createVerifier({
    issuer: ISSUER,
    serviceKey: SERVICE_KEY,
    onStale: 'reject',
    onSessionEnd: ({ sessionId }) => {
      refused[sessionId] ??= [];
      refused[sessionId].push(String(process.hrtime.bigint()));
    },
  }),
);
await Promise.all(verifiers.map((verifier) => verifier.ready({ timeout: 60_000 })));

serveOrders((order: 'refusals' | Credentials) => (order === 'refusals' ? refused : tryAll(order)));

/** What each verifier says to a caller: `accepted`, or the reason why not. */
function tryAll({ token, cookie }: Credentials): Promise<string[]> {
  return Promise.all(
    verifiers.map((verifier) =>
      verifier.authenticate(token, cookie).then(
        () => 'accepted',
        (error: { reason: string }) => error.reason,
      ),
    ),
  );
}
