/**
 * The `cookie-alone` row, in one process on the server's core: the verifier and its adapters with token and cookie, and
 * with the cookie alone, take turns on the same sessions.
 */
import { serveOrders } from '../load/serve-orders.ts';
import { createMinter } from '../load/tokens.ts';
import type { AuthenticateJob, AuthenticateRates } from '../rows/authenticate.ts';
import { type Contender, FRESH, playRound } from './contenders.ts';
import { mintSamples, type OurVerifier, openOurs } from './our-verifier.ts';

/** A caller, with the header fields of a script's request and of a page's. */
interface Visit {
  token: string;
  cookie: string;
  sessionId: string;
  script: string[];
  page: string[];
}
type Adapter = (head: object) => Promise<{ caller?: { sessionId: string } }>;

const { JOB = '', ISSUER = '' } = process.env;
const job = JSON.parse(JOB) as AuthenticateJob;
const minter = createMinter(ISSUER, ISSUER);
const visits = mintSamples(minter, job.tokens).map(({ token, cookie, sessionId }): Visit => {
  const sent = ['Cookie', `theme=dark; x-session-id=${cookie}`];
  const script = ['Authorization', `Bearer ${token}`, ...metadata('empty', 'cors'), ...sent];
  return { token, cookie, sessionId, script, page: [...metadata('document', 'navigate'), ...sent] };
});
serveOrders(measure, minter.publicJwk);

/** What Chromium sends besides credentials. */
function metadata(dest: string, mode: string): string[] {
  return [
    ...['Host', 'orders.example.com', 'Connection', 'keep-alive'],
    ...['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'],
    ...['Accept', 'text/html,*/*;q=0.8', 'Accept-Encoding', 'gzip, br', 'Accept-Language', 'en-GB,en;q=0.9'],
    ...['Sec-Fetch-Dest', dest, 'Sec-Fetch-Mode', mode, 'Sec-Fetch-Site', 'same-origin'],
  ];
}

async function measure(): Promise<AuthenticateRates> {
  const verifier = await openOurs({ issuer: ISSUER, fetch: withWhoAmI });
  const { createAdapter } = (await import('@latchkey/verify/internal')) as unknown as {
    createAdapter(verifier: OurVerifier): Adapter;
  };
  const adapter = createAdapter(verifier);
  const contenders: Record<string, Contender<Visit>> = {
    both: each(({ token, cookie }) => verifier.authenticate(token, cookie)),
    'cookie alone': each(({ cookie }) => verifier.authenticateCookie(cookie)),
    [`adapter, both${FRESH}`]: each(({ script }) => callerOf(adapter, script)),
    [`adapter, cookie alone${FRESH}`]: each(({ page }) => callerOf(adapter, page)),
  };
  const rates: AuthenticateRates = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -1; round < job.rounds; round++) {
    const played = await playRound(contenders, visits, { size: visits.length, ms: job.roundMs });
    if (round >= 0) for (const [name, rate] of Object.entries(played)) rates[name]!.push(rate);
  }
  await verifier.close();
  return rates;
}

/** WhoAmI of the issuer, which has not minted the tokens; everything else goes there. */
function withWhoAmI(input: string, init?: RequestInit): Promise<Response> {
  if (!input.endsWith('/auth/who-am-i')) return fetch(input, init);
  const cookie = new Headers(init?.headers).get('x-session-id');
  return Promise.resolve(Response.json({ token: visits.find((visit) => visit.cookie === cookie)?.token }));
}

function each(check: (visit: Visit) => unknown): Contender<Visit> {
  return async (samples) => {
    let last: unknown;
    for (const visit of samples) last = await check(visit);
    return (last as { sessionId: string }).sessionId === samples.at(-1)!.sessionId;
  };
}

async function callerOf(adapter: Adapter, headers: string[]): Promise<unknown> {
  return (await adapter({ method: 'GET', target: '/orders', headers })).caller;
}
