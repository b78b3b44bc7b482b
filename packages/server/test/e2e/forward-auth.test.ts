import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, type Edge, type EdgeAnswer, type Header, startEdge, until } from './support/edge.ts';
import { type Person, signIn, signUp } from './support/people.ts';
import { freePort, runVerb, startProcess } from './support/server-process.ts';

let edge: Edge;

const proofOf = (person: Person): Promise<Header[]> => edge.proofOf(person);

describe('nginx with the configuration of the docs', () => {
  before(async () => {
    edge = await startEdge();
  });
  after(() => edge.close());

  it('tells the service who is calling, whatever the client says of that', async () => {
    const person = await signUp(edge.server.client);
    const forged: Header[] = [
      ['X-User-Id', '1'],
      ['x-user-id', '2'],
      ['X_User_Id', '3'],
      ['X-Roles', 'admin'],
    ];
    const { status, body } = await edge.get('/orders?a=b', [...forged, ...(await proofOf(person))]);
    assert.equal(status, 200);
    assert.equal(body.url, '/orders?a=b');
    const { 'x-user-id': user, 'x-session-id': session, 'x-roles': roles, ...others } = body.headers!;
    assert.deepEqual([user, session, roles], [person.userId, person.sessionId, undefined]);
    assert.deepEqual(Object.keys(others).sort(), ['connection', 'host']);
  });

  it('refuses who is not signed in, and credentials that do not belong together', async () => {
    const person = await signUp(edge.server.client);
    const other = await signIn(edge.server.client, person);
    const [authorization, cookie] = await proofOf(person);
    const [otherAuthorization] = await proofOf(other);
    const bad: Header[][] = [
      [],
      [authorization!],
      [cookie!],
      [otherAuthorization!, cookie!],
      [authorization!, cookie!, cookie!],
      [authorization!, cookie!, ['x-session-id', other.credential]],
      [['authorization', 'Bearer x'], cookie!],
      [['x-user-id', person.userId]],
    ];
    for (const headers of bad) assertRefused(await edge.get('/', headers), 401, 'INVALID_CREDENTIALS');
  });

  it('refuses a closed session within a second', async () => {
    const person = await signUp(edge.server.client);
    const headers = await proofOf(person);
    assert.equal((await edge.get('/', headers)).status, 200);
    const { status } = await edge.server.client.call({
      method: 'POST',
      path: '/api/v1/signout',
      headers: { 'x-session-id': person.credential },
    });
    assert.equal(status, 204);
    const closed = performance.now();
    await until(async () => (await edge.get('/', headers)).status === 401);
    assert.ok(performance.now() - closed < 1000);
    assertRefused(await edge.get('/', headers), 401, 'INVALID_CREDENTIALS');
  });

  it('asks for a global role, and tells that the token is to be renewed when it was given', async () => {
    const person = await signUp(edge.server.client);
    const headers = await proofOf(person);
    assertRefused(await edge.get('/admin/', headers), 403, 'NOT_IN_ROLE');
    assertRefused(await edge.get('/admin/', []), 401, 'INVALID_CREDENTIALS');
    await runVerb(['roles', 'grant', person.login, 'admin', 'auditor'], edge.settings);
    await until(async () => (await edge.get('/', headers)).status === 401);
    assertRefused(await edge.get('/admin/', headers), 401, 'TOKEN_STALE');
    const { status, body } = await edge.get('/admin/', await proofOf(person));
    assert.deepEqual([status, body.headers?.['x-roles']], [200, 'admin,auditor']);
  });

  it('asks for a role on the site of the path, in the one form that the service gets', async () => {
    const person = await signUp(edge.server.client);
    const by = { 'x-session-id': person.credential };
    const json = { name: 'Analytical Engines' };
    const made = await edge.server.client.call({ method: 'POST', path: '/api/v1/sites', headers: by, json });
    assert.equal(made.status, 200, made.text);
    const site = String(made.json.id);
    await until(async () => (await edge.get(`/sites/${site}/stock`, await proofOf(person))).status === 200);
    const headers = await proofOf(person);
    assertRefused(await edge.get('/sites/77/stock', headers), 403, 'NOT_IN_SITE_ROLE');
    assertRefused(await edge.get(`/sites/${site}/../77/stock`, headers), 403, 'NOT_IN_SITE_ROLE');
    const turned = await edge.get(`/sites/77/..%2F${site}/a%20b?c=%2F`, headers);
    assert.deepEqual([turned.status, turned.body.url], [200, `/sites/${site}/a%20b?c=%2F`]);
    // Not a site: the other location, and its requirement.
    const strange = await edge.get('/sites/77&optional=true/stock', []);
    assertRefused(strange, 401, 'INVALID_CREDENTIALS');
  });

  it('lets nobody pass where that is allowed, without a name', async () => {
    const person = await signUp(edge.server.client);
    const anonymous = await edge.get('/public/', [['x-user-id', '1']]);
    assert.deepEqual([anonymous.status, anonymous.body.headers?.['x-user-id']], [200, undefined]);
    const known = await edge.get('/public/', await proofOf(person));
    assert.equal(known.body.headers?.['x-user-id'], person.userId);
    const [token, cookie] = await proofOf(person);
    for (const alone of [token!, cookie!]) {
      const { status, body } = await edge.get('/public/', [alone, ['x-user-id', '1']]);
      assert.deepEqual([status, body.headers?.['x-user-id']], [200, undefined], alone[0]);
    }
    assertRefused(await edge.get('/public/', [token!, cookie!, cookie!]), 401, 'INVALID_CREDENTIALS');
  });

  it('finds the session among 21 KB of cookies', async () => {
    const [token, cookie] = await proofOf(await signUp(edge.server.client));
    const many: Header = ['cookie', `${'_ga=GA1.2.345; '.repeat(1400)}${cookie![1]}`];
    assert.equal((await edge.get('/', [token!, many])).status, 200);
    assert.equal((await edge.ask('/verify', [token!, many])).status, 204);
  });

  it('keeps its own locations to itself', async () => {
    const headers = await proofOf(await signUp(edge.server.client));
    for (const path of ['/.verify', '/.verify-optional']) {
      assert.equal((await edge.get(path, headers)).status, 404, path);
    }
  });
});

describe('forward authentication, asked directly', () => {
  before(async () => {
    edge = await startEdge();
  });
  after(() => edge.close());

  it('names the caller in every answer, and nobody where there is none', async () => {
    const person = await signUp(edge.server.client);
    const headers = await proofOf(person);
    const { status, headers: told } = await edge.ask('/verify', headers);
    const names = ['x-user-id', 'x-session-id', 'x-roles', 'x-latchkey-code', 'cache-control'];
    const valuesOf = (from: EdgeAnswer['headers']) => names.map((name) => from[name]);
    assert.deepEqual([status, ...valuesOf(told)], [204, person.userId, person.sessionId, '', '', 'no-store']);
    const refused = await edge.ask('/verify?role=admin', headers);
    assert.deepEqual(
      [refused.status, ...valuesOf(refused.headers)],
      [403, '', '', '', 'NOT_IN_ROLE', 'no-store'],
    );
    const anonymous = await edge.ask('/verify?optional=true', []);
    assert.deepEqual([anonymous.status, ...valuesOf(anonymous.headers)], [204, '', '', '', '', 'no-store']);
  });

  it('wants both the query and the header to be met, and no query behind /verify/', async () => {
    const headers = await proofOf(await signUp(edge.server.client));
    const asking = (requirement: string): Header[] => [...headers, ['X-Latchkey-Require', requirement]];
    const table: [path: string, headers: Header[], status: number][] = [
      ['/verify', asking('fresh=5m'), 204],
      ['/verify', asking('role=admin'), 403],
      ['/verify?role=admin', asking('fresh=5m'), 403],
      ['/verify?optional=true', [['X-Latchkey-Require', 'role=admin']], 401],
      ['/verify', [['X-Latchkey-Require', 'optional=true']], 401],
      ['/verify/orders?optional=true', [], 401],
      ['/verify/orders?role=admin', headers, 200],
      ['/verify/orders', asking('role=admin'), 403],
      ['/verify/?nonsense', headers, 200],
      ['/verify/?role=admin', headers, 400],
      ['/verify/?role=admin', asking('fresh=5m'), 200],
      ['/verify//?role=admin', headers, 200],
      ['//verify?role=admin', headers, 404],
      ['/verify%2f?role=admin', headers, 404],
      ['/VERIFY?role=admin', headers, 404],
      ['/verify?nonsense', headers, 400],
      ['/verify?role=admin&role=user', headers, 400],
      ['/verify', [...asking('role=admin'), ['X-Latchkey-Require', 'role=user']], 400],
      ['/verify?role=site:manager', headers, 400],
      ['/verify?role=site:manager&site=77&optional=true', headers, 400],
      ['/verified', headers, 404],
      ['/', headers, 404],
    ];
    for (const [path, sent, status] of table) {
      assert.equal((await edge.ask(path, sent)).status, status, `${path} ${JSON.stringify(sent.at(-1))}`);
    }
  });

  it('stops with 0 on SIGTERM, and logs no credential', async () => {
    const headers = await proofOf(await signUp(edge.server.client));
    assert.equal((await edge.ask('/verify', headers)).status, 204);
    assert.equal((await edge.ask('/health/alive', [])).status, 200);
    edge.forwardAuth.child.kill('SIGTERM');
    assert.deepEqual(await edge.forwardAuth.exited, { code: 0, signal: null });
    const log = edge.forwardAuth.stdout() + edge.forwardAuth.stderr();
    assert.match(log, /"msg":"stopped"/);
    for (const [, value] of headers) assert.ok(!log.includes(value.slice(-60)));
  });
});

describe('forward authentication that cannot know', () => {
  before(async () => {
    edge = await startEdge({ LATCHKEY_ON_STALE: 'reject', LATCHKEY_MAX_STALENESS: '1s' });
  });
  after(() => edge.close());

  it('is an outage and no refusal, at nginx too, and so is one that is gone', async () => {
    const headers = await proofOf(await signUp(edge.server.client));
    assert.equal((await edge.get('/', headers)).status, 200);
    edge.server.child.kill('SIGSTOP');
    const statuses = new Set<number>();
    await until(async () => {
      const { status } = await edge.get('/', headers);
      statuses.add(status);
      return status !== 200;
    });
    assert.deepEqual([...statuses], [200, 503]);
    assertRefused(await edge.get('/', headers), 503, 'UNAVAILABLE');
    assertRefused(await edge.ask('/verify', headers), 503, 'UNAVAILABLE');
    assertRefused(await edge.ask('/health/ready', headers), 503, 'UNAVAILABLE');
    edge.server.child.kill('SIGCONT');
    await until(async () => (await edge.get('/', headers)).status === 200);
    edge.forwardAuth.child.kill('SIGKILL');
    await edge.forwardAuth.exited;
    assertRefused(await edge.get('/', headers), 503, 'UNAVAILABLE');
  });
});

describe('the start of forward authentication', () => {
  it('reports every variable that is missing, unknown or malformed, and no secret', async () => {
    const { exited, stderr } = startProcess(['forward-auth'], {
      LATCHKEY_ON_STALE: 'guess',
      LATCHKEY_MASTER_KEY: 'secret',
      LATCHKEY_SERVICE_KEY: 'a secret',
      PORT: '8090',
      LATCHKEY_METRICS_PORT: '8090',
    });
    assert.deepEqual(await exited, { code: 2, signal: null });
    const lines = stderr().trim().split('\n');
    assert.deepEqual(
      lines.map((line) => /^CONFIGURATION: (LATCHKEY_\w+) (.*)$/.exec(line)?.slice(1)),
      [
        ['LATCHKEY_MASTER_KEY', 'is a variable of the server: leave it out here.'],
        ['LATCHKEY_SERVICE_KEY', 'must be printable ASCII without spaces.'],
        ['LATCHKEY_ON_STALE', 'must be one of introspect, reject, accept.'],
        ['LATCHKEY_PUBLIC_URL', 'is missing.'],
        ['LATCHKEY_METRICS_PORT', 'must differ from PORT.'],
      ],
    );
  });

  it('serves without the server, is not ready then, and answers 503, by its alias too', async (t) => {
    const [PORT, nobody] = [await freePort(), await freePort()];
    const LATCHKEY_PUBLIC_URL = `http://127.0.0.1:${nobody}`;
    const { child, exited } = startProcess(['verifier'], {
      ...{ PORT, LATCHKEY_PUBLIC_URL },
      LATCHKEY_SERVICE_KEY: 'lks_x',
    });
    t.after(async () => {
      child.kill('SIGTERM');
      assert.deepEqual(await exited, { code: 0, signal: null });
    });
    const url = `http://127.0.0.1:${PORT}`;
    await until(async () => (await fetch(`${url}/health/alive`)).ok);
    assert.equal((await fetch(`${url}/health/ready`)).status, 503);
    assert.equal((await fetch(`${url}/verify`)).status, 401);
  });
});
