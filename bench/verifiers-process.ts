/** Many verifiers in one process, each with a connection of its own, that note when a session is refused from. */
import { createVerifier } from '@latchkey/verify';

const { ISSUER = '', SERVICE_KEY = '', COUNT = '1' } = process.env;

/** Nanoseconds of the machine's monotonic clock, which all its processes share, by session. */
let refused: Record<string, string[]> = {};

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

process.on('message', async (message: 'take' | { token: string; cookie: string }) => {
  if (message === 'take') {
    process.send?.(refused);
    refused = {};
    return;
  }
  const { token, cookie } = message;
  const answers = await Promise.all(
    verifiers.map((verifier) =>
      verifier.authenticate(token, cookie).then(
        () => 'accepted',
        (error: { reason: string }) => error.reason,
      ),
    ),
  );
  process.send?.(answers);
});
process.send?.('ready');
