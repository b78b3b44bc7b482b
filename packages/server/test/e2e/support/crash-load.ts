import { randomInt } from 'node:crypto';
import type { Answer, Client, Request } from '../../http/support/client.ts';

/** What is known of a session from acknowledged answers alone. `asked`: a closing was sent and its answer was lost. */
export interface KnownSession {
  readonly credential: string;
  readonly userId: string;
  token?: string;
  closing: 'none' | 'asked' | 'acknowledged';
}

/** What is known of an account from acknowledged answers alone. */
export interface KnownAccount {
  readonly login: string;
  readonly userId: string;
}

/** What the service has acknowledged, and how many requests were on their way when it was killed. */
export interface History {
  readonly accounts: KnownAccount[];
  readonly sessions: KnownSession[];
  unanswered: number;
}

const password = 'correct horse battery staple';
let people = 0;

/**
 * Signs people up and in, closes and signs out, by so many workers at once, until the service is gone. Answers what was
 * acknowledged.
 */
export async function loadUntilGone(client: Client, workers: number): Promise<History> {
  const history: History = { accounts: [], sessions: [], unanswered: 0 };
  await Promise.all(Array.from({ length: workers }, () => work(client, history)));
  return history;
}

async function work(client: Client, history: History): Promise<void> {
  // Each worker seems to come from an address of its own, so that no limit of requests is met.
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const send = async (request: Request): Promise<Answer> => {
    const answer = await client.call({
      ...request,
      headers: { ...request.headers, 'x-forwarded-for': address },
    });
    if (answer.status >= 300) throw new Error(`${request.method} ${request.path}: ${answer.text}`);
    return answer;
  };
  for (;;) {
    try {
      await live(send, history);
    } catch (error) {
      // A refusal is a fault of the test or of the service; anything else is the service's end.
      if (error instanceof Error && /^(GET|POST|DELETE) \//.test(error.message)) throw error;
      history.unanswered += 1;
      return;
    }
  }
}

/** A person signs up, signs in twice more, and ends these sessions, each in another way. */
async function live(send: (request: Request) => Promise<Answer>, history: History): Promise<void> {
  people += 1;
  const login = `person-${process.pid}-${people}`;
  const signUp = { name: 'Ann', login, email: `${login}@example.com`, password };
  const first = opened(await send({ method: 'POST', path: '/api/v1/signup', json: signUp }), history);
  history.accounts.push({ login, userId: first.userId });
  await takeToken(send, first);
  const signIn = () => send({ method: 'POST', path: '/api/v1/signin', json: { login, password } });
  const second = opened(await signIn(), history);
  const third = opened(await signIn(), history);
  await takeToken(send, second);
  await takeToken(send, third);
  const bySecond = { 'x-session-id': second.credential };
  const id = third.credential.split('.')[0];
  await close([third], () =>
    send({ method: 'DELETE', path: `/api/v1/sessions/${first.userId}/${id}`, headers: bySecond }),
  );
  const way = randomInt(3);
  if (way === 0) {
    await close([second], () => send({ method: 'POST', path: '/api/v1/signout', headers: bySecond }));
  } else if (way === 1) {
    const path = `/api/v1/sessions/${first.userId}?except=current`;
    await close([first], () => send({ method: 'DELETE', path, headers: bySecond }));
  }
}

function opened({ json }: Answer, history: History): KnownSession {
  const session: KnownSession = {
    credential: String(json.id),
    userId: String(json.user_id),
    closing: 'none',
  };
  history.sessions.push(session);
  return session;
}

async function takeToken(send: (request: Request) => Promise<Answer>, session: KnownSession): Promise<void> {
  const headers = { 'x-session-id': session.credential };
  const { json } = await send({ method: 'POST', path: '/auth/who-am-i', headers });
  session.token = String(json.token);
}

async function close(sessions: readonly KnownSession[], send: () => Promise<Answer>): Promise<void> {
  for (const session of sessions) session.closing = 'asked';
  await send();
  for (const session of sessions) session.closing = 'acknowledged';
}
