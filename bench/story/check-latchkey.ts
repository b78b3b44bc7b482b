/** A service that checks with the verifier at its defaults, over the feed of ISSUER. */
import { createVerifier, InvalidCredentials } from '@latchkey/verify';
import { type Credential, serveChecks } from './serve-checks.ts';

const { ISSUER = '', SERVICE_KEY = '' } = process.env;
let requests = 0;
const verifier = createVerifier({
  issuer: ISSUER,
  serviceKey: SERVICE_KEY,
  fetch: (...args: Parameters<typeof fetch>) => {
    requests++;
    return fetch(...args);
  },
});
await verifier.ready();
serveChecks<Credential>({
  prepare: (credential) => credential,
  check: ({ token, cookie }) => verifier.authenticate(token, cookie),
  refuses: (error) => error instanceof InvalidCredentials,
  asked: () => requests,
});
