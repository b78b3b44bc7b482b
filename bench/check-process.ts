/** A service that checks by the verifier, as it is by default, over the feed of ISSUER. */
import { createVerifier, InvalidCredentials } from '@latchkey/verify';
import { type Credential, serveChecks } from './check-service.ts';

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
