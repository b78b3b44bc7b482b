// A process that embeds verifiers, checks the tokens that it is told of again and again, and reports every answer.
import { createVerifier, type Verifier } from '@latchkey/verify';
import { answerOf } from './answers.ts';
import { sessionOf } from './checker/world.ts';
import { now, type Operation, recordPauses } from './history.ts';
import type { Order, ShownToken, VerifierSettings } from './verifiers.ts';

interface Running {
  readonly verifier: Verifier;
  /** Tokens that are being checked: of each one check at a time. */
  readonly busy: Set<string>;
}

const running = new Map<string, Running>();
const tokens = new Map<string, ShownToken>();
let operations: Operation[] = [];
let round = 0;

/** What a verifier asks about one request. */
const questions = new Set(['/auth/authenticate', '/auth/who-am-i']);

const record = (operation: Operation) => void operations.push(operation);

/** Notes what a verifier logs. */
function noting(node: string) {
  const note = (text: string) => record({ what: 'note', node, at: now(), text });
  return { info: note, warn: note };
}

function begin({ node, issuer, ports, ...options }: VerifierSettings): void {
  record({ what: 'start', node, kind: 'verifier', at: now(), maxStaleness: options.maxStaleness });
  const verifier = createVerifier({
    ...options,
    issuer,
    logger: noting(node),
    // The way to the server leads through a proxy, the way of questions through another.
    fetch: (url, init) => {
      const there = new URL(url instanceof Request ? url.url : url);
      there.port = String(questions.has(there.pathname) ? ports.questions : ports.feed);
      return fetch(there, init);
    },
    onSessionEnd: ({ sessionId, seq }) => record({ what: 'told', node, session: sessionId, seq, at: now() }),
  });
  running.set(node, { verifier, busy: new Set() });
}

async function check(node: string, { verifier, busy }: Running, shown: ShownToken): Promise<void> {
  const { token, jwt, credential } = shown;
  if (busy.has(token)) return;
  busy.add(token);
  await recordAnswer(node, token, () => verifier.authenticate(jwt, credential));
  // The cookie alone proves the session, whatever becomes of one of its tokens.
  await recordAnswer(node, `${sessionOf(token)}/-`, () => verifier.authenticateCookie(credential));
  busy.delete(token);
}

async function recordAnswer(node: string, token: string, ask: () => Promise<unknown>): Promise<void> {
  const start = now();
  const [answer, reason] = await answerOf(ask());
  record({ what: 'check', node, token, start, end: now(), answer, reason });
}

async function mix(node: string, { verifier }: Running, shown: ShownToken, other: ShownToken): Promise<void> {
  const start = now();
  const [answer] = await answerOf(verifier.authenticate(shown.jwt, other.credential));
  record({ what: 'mixed', node, token: shown.token, start, answer });
}

/** Each token is looked at in every fifth round. */
function look(): void {
  round += 1;
  const all = [...tokens.values()];
  for (const [node, each] of running) {
    for (const [i, shown] of all.entries()) if (i % 5 === round % 5) void check(node, each, shown);
    const [shown, other] = [all[round % all.length], all[(round + 1) % all.length]];
    if (shown && other && shown.credential !== other.credential) void mix(node, each, shown, other);
  }
}

function send(message: unknown): void {
  process.send?.(message, undefined, undefined, () => {});
}

function flush(): void {
  if (operations.length > 0) send({ operations });
  operations = [];
}

process.on('message', (order: Order) => {
  if (order.order === 'begin') begin(order.settings);
  else if (order.order === 'show') tokens.set(order.shown.token, order.shown);
  else if (order.order === 'hide') tokens.delete(order.token);
  else if (order.order === 'status') {
    flush();
    send({
      status: Object.fromEntries([...running].map(([node, { verifier }]) => [node, verifier.status()])),
    });
  }
});
process.on('disconnect', () => process.exit());
recordPauses(record);
setInterval(look, 20);
setInterval(flush, 100);
