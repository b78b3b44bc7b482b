import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, caddyOfDocs, type Edge, type Header, startEdge, until } from './support/edge.ts';
import { closeSession, type Person, signIn, signUp } from './support/people.ts';
import { runVerb } from './support/server-process.ts';

let edge: Edge;

const forged: readonly Header[] = [
  ['X-User-Id', '1'],
  ['x-user-id', '2'],
  ['X_User_Id', '3'],
  ['X-User_Id', '4'],
  ['X-Roles', 'admin'],
  ['X_Roles', 'admin'],
  ['X_Session_Id', 'mXq0c3ZkT1uV9wYb2nLxEA'],
  ['X-Session_Id', 'mXq0c3ZkT1uV9wYb2nLxEA'],
];

/** What the service was told of the caller, by any spelling of the names. */
function toldOf(headers: NodeJS.Dict<string | string[]> = {}): Record<string, unknown> {
  const told = Object.entries(headers).filter(([name]) =>
    /^(x[-_](user|session|roles)|authorization|cookie)/.test(name),
  );
  return Object.fromEntries(told);
}

describe('Caddy with the configuration of the docs', () => {
  before(async () => {
    edge = await startEdge({}, caddyOfDocs('?role=admin'));
  });
  after(() => edge.close());

  async function newAdmin(): Promise<Person> {
    const person = await signUp(edge.server.client);
    await runVerb(['roles', 'grant', person.login, 'admin'], edge.settings);
    return person;
  }

  it('tells the service who is calling, whatever the client says of that, and keeps the credentials', async () => {
    const person = await newAdmin();
    const { status, body } = await edge.get('/orders?a=b', [...forged, ...(await edge.proofOf(person))]);
    assert.deepEqual([status, body.url], [200, '/orders?a=b']);
    assert.deepEqual(toldOf(body.headers), {
      'x-user-id': person.userId,
      'x-session-id': person.sessionId,
      'x-roles': 'admin',
    });
  });

  it('takes the credential from x-session-id as well, and hands on the public id instead', async () => {
    const person = await newAdmin();
    const [authorization] = await edge.proofOf(person);
    const { status, body } = await edge.get('/', [authorization!, ['x-session-id', person.credential]]);
    assert.deepEqual([status, body.headers?.['x-session-id']], [200, person.sessionId]);
  });

  it('hands on the refusals as they are', async () => {
    const person = await signUp(edge.server.client);
    const headers = await edge.proofOf(person);
    const [authorization, cookie] = headers;
    const [otherAuthorization] = await edge.proofOf(await signIn(edge.server.client, person));
    assertRefused(await edge.get('/', headers), 403, 'NOT_IN_ROLE');
    const bad: Header[][] = [
      [],
      [authorization!],
      [cookie!],
      [otherAuthorization!, cookie!],
      [authorization!, cookie!, cookie!],
      [authorization!, cookie!, ['x-session-id', 'x']],
      [...forged],
    ];
    for (const sent of bad) assertRefused(await edge.get('/', sent), 401, 'INVALID_CREDENTIALS');
    // A client can but ask for more.
    const asking: Header = ['X-Latchkey-Require', 'optional=true'];
    assertRefused(await edge.get('/?role=user', [...headers, asking]), 403, 'NOT_IN_ROLE');
    await runVerb(['roles', 'grant', person.login, 'admin'], edge.settings);
    await until(async () => (await edge.get('/', headers)).status === 401);
    assertRefused(await edge.get('/', headers), 401, 'TOKEN_STALE');
  });

  it('refuses a closed session within a second', async () => {
    const person = await newAdmin();
    const headers = await edge.proofOf(person);
    assert.equal((await edge.get('/', headers)).status, 200);
    await closeSession(edge.server.client, person, await signIn(edge.server.client, person));
    const closed = performance.now();
    await until(async () => (await edge.get('/', headers)).status === 401);
    assert.ok(performance.now() - closed < 1000);
    assertRefused(await edge.get('/', headers), 401, 'INVALID_CREDENTIALS');
  });
});

describe('Caddy, where nobody may pass as well', () => {
  before(async () => {
    edge = await startEdge({}, caddyOfDocs('?optional=true'));
  });
  after(() => edge.close());

  it('gives nobody a name, and somebody without roles none', async () => {
    const anonymous = await edge.get('/', forged);
    assert.equal(anonymous.status, 200);
    assert.deepEqual(Object.values(toldOf(anonymous.body.headers)).filter(Boolean), []);
    const person = await signUp(edge.server.client);
    const { status, body } = await edge.get('/', [...forged, ...(await edge.proofOf(person))]);
    assert.equal(status, 200);
    const { 'x-roles': roles = '', ...told } = toldOf(body.headers);
    assert.deepEqual([told, roles], [{ 'x-user-id': person.userId, 'x-session-id': person.sessionId }, '']);
    // A session id by itself is a credential without its token: it is nobody's, and does not reach the service.
    for (const id of [person.sessionId, person.credential]) {
      const { status, body } = await edge.get('/', [['x-session-id', id]]);
      assert.equal(status, 200);
      assert.deepEqual(Object.values(toldOf(body.headers)).filter(Boolean), []);
    }
  });
});

describe('Caddy and forward authentication that cannot know', () => {
  before(async () => {
    const env = { LATCHKEY_ON_STALE: 'reject', LATCHKEY_MAX_STALENESS: '1s' };
    edge = await startEdge(env, caddyOfDocs(''));
  });
  after(() => edge.close());

  it('is an outage and no refusal, and so is one that is gone', async () => {
    const headers = await edge.proofOf(await signUp(edge.server.client));
    assert.equal((await edge.get('/', headers)).status, 200);
    edge.server.child.kill('SIGSTOP');
    await until(async () => (await edge.get('/', headers)).status !== 200);
    assertRefused(await edge.get('/', headers), 503, 'UNAVAILABLE');
    edge.server.child.kill('SIGCONT');
    await until(async () => (await edge.get('/', headers)).status === 200);
    edge.forwardAuth.child.kill('SIGKILL');
    await edge.forwardAuth.exited;
    const { status, body } = await edge.get('/', headers);
    assert.deepEqual([status, body], [502, {}]);
  });
});

describe('pages behind Caddy', () => {
  before(async () => {
    const env = { LATCHKEY_SIGN_IN_URL: '/signin' };
    edge = await startEdge(env, caddyOfDocs('?signed_out=redirect'));
  });
  after(() => edge.close());

  const page: Header[] = [
    ['Sec-Fetch-Site', 'none'],
    ['Sec-Fetch-Mode', 'navigate'],
    ['Sec-Fetch-Dest', 'document'],
  ];

  it('need the cookie alone, and lead to the sign-in and back without it', async () => {
    const person = await signUp(edge.server.client);
    const sent: Header[] = [...page, ['Cookie', `x-session-id=${person.credential}`]];
    const { status, body } = await edge.get('/orders?a=1', sent);
    assert.deepEqual([status, body.headers?.['x-user-id']], [200, person.userId]);
    assert.equal((await edge.get('/orders', sent, 'POST')).status, 401);
    const signedOut = await edge.get('/orders?a=1&b=2', page);
    const there = '/signin?return_to=%2Forders%3Fa%3D1%26b%3D2';
    assert.deepEqual([signedOut.status, signedOut.headers.location], [302, there]);
  });
});
