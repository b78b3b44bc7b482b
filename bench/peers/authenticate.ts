/**
 * The `authenticate` rows, in one process on the server's core: ours and the libraries take turns on the same tokens, a
 * batch each, so that whatever slows the machine slows all of them.
 */
import { verify } from 'node:crypto';
import { createVerifier as createFastVerifier } from 'fast-jwt';
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { serveOrders } from '../load/serve-orders.ts';
import { createMinter, type Minter } from '../load/tokens.ts';
import type { AuthenticateJob, AuthenticateRates } from '../rows/authenticate.ts';
import { type Contender as AnyContender, FRESH, playRound } from './contenders.ts';
import { mintSamples, type OurVerifier, openOurs, type Sample } from './our-verifier.ts';

type Contender = AnyContender<Sample>;

const { JOB = '', ISSUER = '' } = process.env;
const job = JSON.parse(JOB) as AuthenticateJob;
const minter = createMinter(ISSUER, ISSUER);
serveOrders(measure, minter.publicJwk);

async function measure(): Promise<AuthenticateRates> {
  const issuer = ISSUER;
  const ours = job.withOurs ? await openOurs({ issuer }) : undefined;
  const uncached = job.withOurs && job.mode === 'new' ? await openOurs({ issuer, cacheSize: 0 }) : undefined;
  const contenders = job.mode === 'seen' ? seen(minter, ours) : notSeen(minter, ours, uncached);
  const rates: AuthenticateRates = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const plan = job.mode === 'seen' ? { size: job.tokens, ms: job.roundMs } : { size: 200 };
  let samples = mintSamples(minter, job.tokens);
  for (let round = -1; round < job.rounds; round++) {
    const played = await playRound(contenders, samples, plan);
    if (round >= 0) for (const [name, rate] of Object.entries(played)) rates[name]!.push(rate);
    if (job.mode === 'new' && round < job.rounds - 1) samples = mintSamples(minter, job.tokens);
  }
  await ours?.close();
  await uncached?.close();
  return rates;
}

function seen({ publicKey }: Minter, ours: OurVerifier | undefined): Record<string, Contender> {
  const key = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const cached = fastJwt(createFastVerifier({ key, cache: true, allowedIss: ISSUER, allowedAud: ISSUER }));
  const identity = fastJwt(
    createFastVerifier({
      key,
      cache: true,
      allowedIss: ISSUER,
      allowedAud: ISSUER,
      cacheKeyBuilder: (token) => token,
    }),
  );
  return {
    ...(ours && { ours: authenticate(ours), [`ours${FRESH}`]: authenticate(ours) }),
    'fast-jwt cached': cached,
    [`fast-jwt cached${FRESH}`]: cached,
    'fast-jwt cached by the token itself': identity,
    [`fast-jwt cached by the token itself${FRESH}`]: identity,
  };
}

function notSeen(
  { publicKey, publicJwk }: Minter,
  ours?: OurVerifier,
  uncached?: OurVerifier,
): Record<string, Contender> {
  const key = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const raw = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const options = { issuer: ISSUER, audience: ISSUER, algorithms: ['ES256'] };
  // With a key set, as ours: the key is chosen by `kid`.
  const keys = createLocalJWKSet({ keys: [publicJwk as unknown as JWK] });
  const joseOne = (token: string) => jwtVerify(token, keys, { ...options, typ: 'at+jwt' });
  const jwt = { issuer: ISSUER, audience: ISSUER, algorithms: ['ES256' as const] };
  return {
    ...(ours && { ours: authenticate(ours) }),
    ...(uncached && { 'ours, cacheSize 0': authenticate(uncached) }),
    'node:crypto': (samples) => {
      let ok = true;
      for (const { input, signature } of samples) ok = verify('sha256', input, raw, signature) && ok;
      return ok;
    },
    jose: async (samples) => {
      let sid: unknown;
      for (const { token } of samples) sid = (await joseOne(token)).payload.sid;
      return sid === samples.at(-1)!.sessionId;
    },
    'jose, 200 at a time': async (samples) => {
      const all = await Promise.all(samples.map(({ token }) => joseOne(token)));
      return all.at(-1)!.payload.sid === samples.at(-1)!.sessionId;
    },
    'fast-jwt': fastJwt(createFastVerifier({ key, allowedIss: ISSUER, allowedAud: ISSUER })),
    jsonwebtoken: (samples) => {
      let sid: unknown;
      for (const { token } of samples)
        sid = (jsonwebtoken.verify(token, publicKey, jwt) as { sid: string }).sid;
      return sid === samples.at(-1)!.sessionId;
    },
  };
}

function fastJwt(check: (token: string) => unknown): Contender {
  return (samples) => {
    let last: unknown;
    for (const { token } of samples) last = check(token);
    return (last as { sid: string }).sid === samples.at(-1)!.sessionId;
  };
}

function authenticate(verifier: OurVerifier): Contender {
  return async (samples) => {
    let last: unknown;
    for (const { token, cookie } of samples) last = await verifier.authenticate(token, cookie);
    return (last as { sessionId: string }).sessionId === samples.at(-1)!.sessionId;
  };
}
