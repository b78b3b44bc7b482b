/**
 * A service that checks only the token, with LIBRARY: jose with its remote key set, or fast-jwt with its cache and the
 * key of that set. It looks at issuer, audience, algorithm and time, and asks nobody whether the session lives.
 */
import { createPublicKey } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import { createRemoteJWKSet, customFetch, errors, type JWK, jwtVerify } from 'jose';
import { type Checker, serveChecks } from '../story/serve-checks.ts';

const { ISSUER = '', LIBRARY = '' } = process.env;
const url = new URL('/.well-known/jwks.json', ISSUER);
let requests = 0;

serveChecks(LIBRARY === 'jose' ? jose() : await fastJwt());

function jose(): Checker<string> {
  const keys = createRemoteJWKSet(url, {
    [customFetch]: (...args) => {
      requests++;
      return fetch(...args);
    },
  });
  const options = { issuer: ISSUER, audience: ISSUER, algorithms: ['ES256'], typ: 'at+jwt' };
  return {
    prepare: ({ token }) => token,
    check: (token) => jwtVerify(token, keys, options),
    refuses: (error) => error instanceof errors.JOSEError,
    asked: () => requests,
  };
}

async function fastJwt(): Promise<Checker<string>> {
  const { keys } = (await (await fetch(url)).json()) as { keys: JWK[] };
  const publicKey = createPublicKey({ format: 'jwk', key: keys[0]! });
  const key = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const verify = createVerifier({ key, cache: true, allowedIss: ISSUER, allowedAud: ISSUER });
  return {
    prepare: ({ token }) => token,
    check: (token) => verify(token),
    refuses: () => true,
    asked: () => requests,
  };
}
