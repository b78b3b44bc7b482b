/**
 * The `authenticate` rows, in one process on the server's core: ours and the libraries take turns on the same tokens, a
 * batch each, so that whatever slows the machine slows all of them.
 */
import { verify } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { createVerifier as createFastVerifier } from 'fast-jwt';
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import type { Rate } from '../figures/rounds.ts';
import { serveOrders } from '../load/serve-orders.ts';
import { createMinter, type Minter } from '../load/tokens.ts';
import type { AuthenticateJob, AuthenticateRates } from '../rows/authenticate.ts';

interface Sample {
  token: string;
  cookie: string;
  sessionId: string;
  input: Buffer;
  signature: Buffer;
}
/** Verifies every sample; true when the last one gives the session that its token names. */
type Contender = (samples: readonly Sample[]) => boolean | Promise<boolean>;
interface OurVerifier {
  ready(): Promise<void>;
  authenticate(token: string, cookie: string): unknown;
  close(): unknown;
}

const { JOB = '', ISSUER = '' } = process.env;
const job = JSON.parse(JOB) as AuthenticateJob;
const minter = createMinter(ISSUER, ISSUER);
serveOrders(measure, minter.publicJwk);

async function measure(): Promise<AuthenticateRates> {
  const ours = job.withOurs ? await openOurs() : undefined;
  const uncached = job.withOurs && job.mode === 'new' ? await openOurs({ cacheSize: 0 }) : undefined;
  const contenders = job.mode === 'seen' ? seen(minter, ours) : notSeen(minter, ours, uncached);
  const rates: AuthenticateRates = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  let samples = mintSamples(job.tokens);
  for (let round = -1; round < job.rounds; round++) {
    const played = await playRound(contenders, samples);
    if (round >= 0) for (const [name, rate] of Object.entries(played)) rates[name]!.push(rate);
    if (job.mode === 'new' && round < job.rounds - 1) samples = mintSamples(job.tokens);
  }
  await ours?.close();
  await uncached?.close();
  return rates;
}

/** One pass (`new`), or passes until the time is up (`seen`). Round -1 warms up and is thrown away. */
async function playRound(contenders: Record<string, Contender>, samples: Sample[]) {
  const names = Object.keys(contenders);
  const spent = new Map(names.map((name) => [name, { wall: 0, cpu: 0 }]));
  const size = job.mode === 'seen' ? samples.length : 200;
  let done = 0;
  const end = performance.now() + job.roundMs * names.length;
  do {
    for (let at = 0; at < samples.length; at += size) {
      const batch = samples.slice(at, at + size);
      // In random order, so that nobody always runs in the caches and the garbage of the same other.
      for (const name of shuffled(names)) {
        // A copy for each contender: no other has hashed or flattened its strings.
        const input = name.endsWith(FRESH) ? batch.map(freshCopy) : batch;
        const sum = spent.get(name)!;
        const cpu = process.cpuUsage();
        const from = performance.now();
        const ok = await contenders[name]!(input);
        sum.wall += performance.now() - from;
        const { user, system } = process.cpuUsage(cpu);
        sum.cpu += (user + system) / 1000;
        if (!ok) throw new Error(`${name} did not verify a good token`);
      }
      done += batch.length;
      // Not measured: the event loop turns, as it does in a service, so that the verifier hears its feed.
      await setImmediate();
    }
  } while (job.mode === 'seen' && performance.now() < end);
  return Object.fromEntries(names.map((name) => [name, perSecond(done, spent.get(name)!)]));
}

function perSecond(done: number, { wall, cpu }: Rate): Rate {
  return { wall: (done * 1000) / wall, cpu: (done * 1000) / cpu };
}

function shuffled(names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

/** Suffix of contenders that get a new copy of every string, as a service gets them off the wire. */
const FRESH = ', fresh strings';

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

async function openOurs(options: object = {}): Promise<OurVerifier> {
  const { createVerifier } = (await import('@latchkey/verify')) as unknown as {
    createVerifier(options: object): OurVerifier;
  };
  const logger = { info() {}, warn: (message: string) => console.error(message) };
  const verifier = createVerifier({
    issuer: ISSUER,
    serviceKey: 'bench',
    onStale: 'reject',
    logger,
    ...options,
  });
  await verifier.ready();
  return verifier;
}

function mintSamples(count: number): Sample[] {
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, () => {
    const minted = minter.mint(now);
    const dot = minted.token.lastIndexOf('.');
    return {
      // Flat, as they come off the wire, and not still in the pieces they were joined from.
      ...freshCopy(minted),
      input: Buffer.from(minted.token.slice(0, dot)),
      signature: Buffer.from(minted.token.slice(dot + 1), 'base64url'),
    };
  });
}

function freshCopy<T extends { token: string; cookie: string }>(sample: T): T {
  return {
    ...sample,
    token: Buffer.from(sample.token, 'latin1').toString('latin1'),
    cookie: Buffer.from(sample.cookie, 'latin1').toString('latin1'),
  };
}
