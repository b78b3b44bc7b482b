import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { categoryOf } from '../../src/http/errors.ts';
import { loginKeyOf } from '../../src/identity/accounts/account.ts';
import { listMails } from '../../src/identity/mails/list-mails.ts';
import type { MailKind } from '../../src/identity/mails/mail.ts';
import { grantRoles } from '../../src/identity/roles/grant-roles.ts';
import type { ErrorCode } from '../../src/kernel/errors.ts';
import type { AccountId, SessionId } from '../../src/kernel/ids.ts';
import { type Entry, endedBy } from '../../src/log/entry.ts';
import { addService } from '../../src/log/services/add-service.ts';
import type { Session } from '../../src/sessions/session.ts';
import { type AppOptions, startApp, type TestApp } from './app.ts';
import { type Answer, type Client, createClient, type Request } from './client.ts';
import type { Engine } from './stores.ts';

/** Somebody with an account and a session. */
export interface Person {
  readonly id: AccountId;
  readonly login: string;
  readonly name: string;
  readonly password: string;
  readonly sessionId: SessionId;
  readonly credential: string;
}

/** What proves a caller of the auth interface. */
export interface Proof {
  readonly token: string;
  readonly credential: string;
  readonly sessionId: SessionId;
  readonly expiresAt: number;
}

/** A mail as it is kept where no mail server is set. */
export interface WaitingMail {
  readonly kind: MailKind;
  readonly language: string;
  readonly values: Readonly<Record<string, string>>;
}

/** How a session ended, as the log tells it. */
export interface Ending {
  readonly session: string;
  readonly reason: string;
}

/** Whose tokens are made anew, as the log tells it. */
export interface Refresh {
  readonly user?: string;
  readonly site?: string;
  readonly session?: string;
  readonly reason: string;
}

/** The running service, and what tests do with it again and again. */
export interface World extends TestApp {
  readonly client: Client;
  readonly cookieName: string;
  call(request: Request): Promise<Answer>;
  /** Signs somebody new up, as a client that is no browser. */
  person(fields?: Readonly<Record<string, unknown>>): Promise<Person>;
  admin(): Promise<Person>;
  /** One more session of the same person. */
  again<P extends Pick<Person, 'login' | 'password'>>(person: P): Promise<P & Opened>;
  /** Signs in by the auth interface. */
  login(person: Person): Promise<Proof>;
  /** A key for the feed. */
  serviceKey(name?: string): Promise<string>;
  /** The header lines that prove a session. */
  byHeader(person: { credential: string }): Record<string, string>;
  byCookie(person: { credential: string }): Record<string, string>;
  /** Token and cookie. */
  byProof(proof: { token: string; credential: string }): Record<string, string>;
  head(): Promise<number>;
  entriesSince(head: number): Promise<Entry[]>;
  session(id: string): Promise<Session | undefined>;
  /** The mails that wait for the address, oldest first: no mail server is set. */
  mailsTo(address: string): Promise<WaitingMail[]>;
  assertLive(person: { credential: string }): Promise<void>;
  assertDead(person: { credential: string }): Promise<void>;
}

let count = 0;

/** A login that nobody has. */
export function newLogin(): string {
  count += 1;
  return `person-${count}`;
}

/** An address that nobody has. */
export const newAddress = () => `${newLogin()}@example.com`;

/** A password that is good enough and different from others. */
export function newPassword(): string {
  count += 1;
  return `correct horse battery staple ${count}`;
}

/** The body of a sign-up. */
export function signUpBody(fields: Readonly<Record<string, unknown>> = {}) {
  return { name: 'Ann Onymous', login: newLogin(), password: newPassword(), ...fields };
}

/** Starts the service for the tests that `define` declares, once for each store. */
export function onEachStore(
  title: string,
  define: (world: () => World) => void,
  options: AppOptions & { readonly engines?: readonly Engine[] } = {},
): void {
  const { engines = ['sqlite', 'postgres'], ...rest } = options;
  for (const engine of engines) {
    describe(`${title}, on ${engine}`, () => {
      let world: World;
      before(async () => {
        world = await openWorld({ ...rest, engine });
      });
      after(() => world.close());
      define(() => world);
    });
  }
}

export async function openWorld(options: AppOptions = {}): Promise<World> {
  const started = await startApp(options);
  const { app, port } = started;
  const { context } = app;
  const client = createClient(port);
  const { call } = client;
  const secure = app.config.publicUrl.startsWith('https:');
  const cookieName = `${secure ? '__Host-' : ''}${app.config.cookie}`;

  const world: World = {
    ...started,
    client,
    cookieName,
    call,
    async close() {
      client.close();
      await started.close();
    },
    async person(fields = {}) {
      const body = signUpBody(fields);
      const answer = await call({ method: 'POST', path: '/api/v1/signup', json: body });
      const { login = String((body as { email?: string }).email), name, password } = body;
      // Where accounts are hidden a sign-up opens no session.
      if (answer.status === 202) {
        const id = (await context.read.accounts.findByLogin(loginKeyOf(login)!))!.id;
        return world.again({ id, login, name, password });
      }
      assert.equal(answer.status, 200, answer.text);
      return { login, name, password, ...opened(answer) };
    },
    async admin() {
      const person = await world.person();
      await grantRoles(context, { accountId: person.id, roles: ['admin'] });
      return person;
    },
    async again(person) {
      const { login, password } = person;
      const answer = await call({ method: 'POST', path: '/api/v1/signin', json: { login, password } });
      assert.equal(answer.status, 200, answer.text);
      return { ...person, ...opened(answer) };
    },
    async login({ login: username, password }) {
      const answer = await call({ method: 'POST', path: '/auth/login', json: { username, password } });
      assert.equal(answer.status, 200, answer.text);
      const { token, sessionId, expiresAt } = answer.json as unknown as Proof;
      return { token, sessionId, expiresAt, credential: answer.cookies[0]!.value };
    },
    async serviceKey(name = newLogin()) {
      return (await addService(context, { name })).key;
    },
    byHeader: ({ credential }) => ({ 'x-session-id': credential }),
    byCookie: ({ credential }) => ({ cookie: `${cookieName}=${credential}` }),
    byProof: ({ token, credential }) => ({
      authorization: `Bearer ${token}`,
      cookie: `${cookieName}=${credential}`,
    }),
    head: async () => (await context.read.log.state()).head,
    entriesSince: (head) => context.read.log.list(head, 10_000),
    session: async (id) => (await context.read.sessions.find(id as SessionId))?.session,
    async mailsTo(address) {
      const page = { skip: 0, take: 100, total: false };
      const { data } = await listMails(context, { filter: { status: 'waiting' }, page });
      return data
        .filter(({ content }) => content?.to === address)
        .map(({ mail, content }) => ({ kind: mail.kind, ...content! }))
        .toReversed();
    },
    async assertLive(person) {
      const answer = await call({
        method: 'GET',
        path: '/api/v1/sessions/current',
        headers: world.byHeader(person),
      });
      assert.equal(answer.status, 200, answer.text);
    },
    async assertDead(person) {
      const answer = await call({
        method: 'GET',
        path: '/api/v1/sessions/current',
        headers: world.byHeader(person),
      });
      assertProblem(answer, 440, 'SESSION_NOT_FOUND');
    },
  };
  return world;
}

type Opened = Pick<Person, 'id' | 'credential' | 'sessionId'>;

function opened(answer: Answer): Opened {
  const credential = String(answer.json.id);
  return {
    id: String(answer.json.user_id) as AccountId,
    credential,
    sessionId: credential.split('.')[0] as SessionId,
  };
}

/** Asserts that the answer is a problem document with that code, and that its parts agree. */
export function assertProblem(answer: Answer, status: number, code: ErrorCode): void {
  const { json, headers } = answer;
  const text = answer.text.slice(0, 400);
  assert.equal(answer.status, status, text);
  assert.equal(json.code, code, text);
  assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8');
  assert.equal(json.status, status);
  assert.ok(String(json.type).endsWith(`/docs/errors#${code}`), text);
  assert.ok(typeof json.title === 'string' && typeof json.detail === 'string');
  if (code !== 'SESSION_NOT_FOUND') assert.equal(json.request_id, headers['x-request-id']);
  assert.equal(json.correlation_id, headers['x-correlation-id']);
  assert.deepEqual([json.category, json.message], [categoryOf(status), json.detail]);
  assert.deepEqual((json.details as { errors?: unknown }).errors, json.errors);
  const known = new Set([
    ...['type', 'title', 'status', 'detail', 'code', 'request_id', 'errors'],
    ...['category', 'message', 'correlation_id', 'details'],
  ]);
  assert.deepEqual(
    Object.keys(json).filter((name) => !known.has(name)),
    [],
  );
}

/** The accounts, sites and sessions that entries have refreshed, in order. */
export function refreshesOf(entries: readonly Entry[]): Refresh[] {
  return entries
    .filter(({ action }) => action === 'refresh')
    .map(({ subject, reason }) => {
      const known = 'user' in subject || 'site' in subject || 'session' in subject;
      assert.ok(known, JSON.stringify(subject));
      return { ...subject, reason };
    });
}

/** The endings that entries tell of; anything else in the log is an error. */
export function endingsOf(entries: readonly Entry[]): Ending[] {
  return entries.flatMap((entry) => {
    assert.equal(entry.action, 'reject');
    const ended = endedBy(entry);
    assert.ok(ended.length > 0, JSON.stringify(entry));
    return ended.map((session) => ({ session, reason: entry.reason }));
  });
}
