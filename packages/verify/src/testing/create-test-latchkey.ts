import { randomBytes } from 'node:crypto';
import { secondsOf } from '../adapter/age.ts';
import { isForTests } from '../adapter/session-options.ts';
import { startVerifier, type Verifier } from '../engine/verifier.ts';
import { issuerOf, resolveOptions, type VerifierOptions } from '../options.ts';
import { isCount, parseEntry, type Subject } from '../replica/entry.ts';
import type { Json } from '../text/json.ts';
import { parseClaims } from '../token/claims.ts';
import { MemoryIssuer, type WhoAmIAnswer } from './memory-issuer.ts';
import { claimsOf, headerOf, newKey, newSession, type Session, signBytes } from './mint.ts';
import type { TestClaims, TestSession, TestSessionOptions } from './test-session.ts';

/** How long a log entry is kept, in seconds: longer than any token lives. */
const lifetime = 390;
const maxSteps = 10_000;
/** How long a token lives, in seconds. */
const tokenLife = 300;
/** What a browser sends when a person opens a page. */
const navigation = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
} as const;

/** Options of a verifier for tests: all but those that tell where the issuer is. */
export type TestVerifierOptions = Omit<
  Partial<VerifierOptions>,
  'issuer' | 'connectTo' | 'serviceKey' | 'fetch'
>;

/** Options of a Latchkey for tests. */
export interface TestLatchkeyOptions {
  /** Its URL; `https://latchkey.test` by default. */
  readonly issuer?: string;
  /** The audience of its tokens; the issuer by default. */
  readonly audience?: string;
}

/** A Latchkey in the memory of a test. */
export interface TestLatchkey {
  readonly issuer: string;
  /** A ready verifier of its tokens: the real one, with the issuer and the clock of the test. */
  createVerifier(options?: TestVerifierOptions): Promise<Verifier>;
  /** Signs a person in. */
  openSession(options?: TestSessionOptions): TestSession;
  /** Refuses the tokens of a subject, such as `{ user: 1 }`. Resolves when every verifier does. */
  revoke(subject: Subject, reason?: string): Promise<void>;
  /** Makes tokens stale, as a change of roles does. Resolves when they are stale at every verifier. */
  refresh(subject: Subject): Promise<void>;
  /** The time of the test's clock in Unix seconds. It stands still. */
  now(): number;
  /** Moves the clock by `'10m'`, or by seconds. Resolves when every verifier knows, if it can. */
  advance(age: string | number): Promise<void>;
  /**
   * From now on the issuer does not answer. A verifier is stale once the clock was moved beyond its `maxStaleness`.
   */
  goAway(): void;
  /** The issuer answers again. Resolves when every verifier has contact. */
  comeBack(): Promise<void>;
  /** Closes its verifiers. */
  close(): void;
}

/**
 * Makes a Latchkey for unit tests: no server, no network, no files. Its key is made for this call and exists nowhere
 * else, so only its own verifiers accept its tokens.
 */
export function createTestLatchkey(options: TestLatchkeyOptions = {}): TestLatchkey {
  const issuer = issuerOf(options.issuer ?? 'https://latchkey.test');
  const { audience = issuer } = options;
  const key = newKey(`test-${randomBytes(8).toString('hex')}`);
  const verifiers = new Set<Verifier>();
  let time = Math.floor(Date.now() / 1000);
  const people = new Set<number>();
  /** The live sessions, each with what its newest token says. */
  const open = new Map<string, TestSession>();
  let newest = 0;
  const now = () => time;
  const wall = () => time * 1000;
  const memory = new MemoryIssuer(issuer, { keys: { keys: [key.jwk] }, now, whoAmI });

  // Nothing between the log and a verifier uses timers, so that tests may stop them.
  async function settle(): Promise<void> {
    const isBehind = ({ status }: Verifier) => {
      const { position, staleness } = status();
      return position < memory.head || staleness > 0;
    };
    for (let step = 0; !memory.away && [...verifiers].some(isBehind); step += 1) {
      if (step > maxSteps) await new Promise((resolve) => setTimeout(resolve, 10));
      await null;
    }
  }

  // A verifier that meets what it does not understand starts again, over and over: the test would hang.
  async function append(subject: Subject, action: 'reject' | 'refresh', reason: string): Promise<void> {
    const entry = { at: time, subject, action, reason, expiresAt: time + lifetime };
    checkBy(() => parseEntry({ seq: 1, ...entry } as Json), 'no entry of a log has this subject or reason');
    const sessions = action === 'reject' ? endedBy(subject) : [];
    memory.append('session' in subject || sessions.length === 0 ? entry : { ...entry, sessions });
    await settle();
  }

  function endedBy(subject: Subject): string[] {
    const isConcerned = (sessionId: string, userId: number) =>
      'all' in subject ||
      ('user' in subject && subject.user === userId) ||
      ('session' in subject && subject.session === sessionId);
    const ended = [...open].filter(([sessionId, { userId }]) => isConcerned(sessionId, userId));
    return ended.map(([sessionId]) => {
      open.delete(sessionId);
      return sessionId;
    });
  }

  function somebodyNew(): number {
    do newest += 1;
    while (people.has(newest));
    return newest;
  }

  function whoAmI(credential: string): WhoAmIAnswer | undefined {
    const session = open.get(credential.slice(0, credential.indexOf('.')));
    if (session?.cookie !== credential) return undefined;
    const { token, userId, sessionId } = session.renew();
    return { token, expiresAt: time + tokenLife, userId, sessionId };
  }

  function sessionWith(session: Session, own: TestClaims, other: TestClaims = {}): TestSession {
    const good = { ...claimsOf(session, issuer, time), aud: audience, rev: memory.head };
    const said = { ...good, ...own };
    checkBy(() => parseClaims(said as Json), 'no token has this userId, roles, authTime or amr');
    const claims = { ...said, ...other };
    const token = signBytes(key, JSON.stringify(headerOf(key)), JSON.stringify(claims));
    const { id: sessionId, credential: cookie } = session;
    return {
      userId: Number(own.sub),
      sessionId,
      token,
      cookie,
      headers: { authorization: `Bearer ${token}`, cookie: `x-session-id=${cookie}` },
      pageHeaders: { ...navigation, cookie: `x-session-id=${cookie}` },
      renew({ roles = own.roles, authTime = own.auth_time } = {}) {
        const renewed = sessionWith(session, { ...own, roles, auth_time: authTime });
        if (open.has(sessionId)) open.set(sessionId, renewed);
        return renewed;
      },
      withClaims: (strange) => sessionWith(session, own, strange),
      end: (reason = 'signout') => append({ session: sessionId }, 'reject', reason),
    };
  }

  return {
    issuer,
    async createVerifier(options = {}) {
      const given = {
        audience,
        ...options,
        issuer,
        connectTo: issuer,
        serviceKey: 'none',
        fetch: memory.fetch,
      };
      const started = startVerifier(resolveOptions(given), { wall, monotonic: wall });
      const verifier: Verifier & { readonly [isForTests]: true } = {
        ...started,
        [isForTests]: true,
        close() {
          verifiers.delete(verifier);
          started.close();
        },
      };
      verifiers.add(verifier);
      await verifier.ready();
      return verifier;
    },
    openSession({ userId = somebodyNew(), roles = [], authTime = time, amr = ['pwd'] } = {}) {
      if (!isCount(userId)) throw new TypeError('userId must be a whole number');
      const session = sessionWith(newSession(), { sub: String(userId), roles, auth_time: authTime, amr });
      people.add(userId);
      open.set(session.sessionId, session);
      return session;
    },
    revoke: (subject, reason = 'admin') => append(subject, 'reject', reason),
    refresh: (subject) => append(subject, 'refresh', 'roles-changed'),
    now,
    async advance(age) {
      const seconds = secondsOf(age);
      if (!Number.isSafeInteger(seconds)) throw new TypeError('age must be whole seconds');
      time += seconds;
      if (!memory.away) memory.beat();
      await settle();
    },
    goAway() {
      memory.away = true;
    },
    comeBack() {
      memory.away = false;
      return settle();
    },
    close() {
      for (const { close } of verifiers) close();
    },
  };
}

function checkBy(parse: () => unknown, otherwise: string): void {
  try {
    parse();
  } catch {
    throw new TypeError(otherwise);
  }
}
