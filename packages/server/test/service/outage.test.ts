import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, startCluster } from '../../../../scripts/postgres.ts';
import type { Request } from '../support/client.ts';
import { follow } from '../support/feed.ts';
import {
  assertProblem,
  openWorld,
  type Person,
  type Proof,
  signUpBody,
  type World,
} from '../support/world.ts';

describe('while PostgreSQL is away', () => {
  let cluster: Cluster;
  let world: World;
  let anna: Person;
  let proof: Proof;
  let key: string;
  before(async () => {
    cluster = await startCluster();
    world = await openWorld({ env: { LATCHKEY_DATABASE_URL: cluster.url } });
    anna = await world.person();
    proof = await world.login(anna);
    key = await world.serviceKey();
  });
  after(async () => {
    await world?.close();
    await cluster?.remove();
  });

  const requests = (): Request[] => [
    { method: 'GET', path: '/api/v1/sessions/current', headers: world.byCookie(anna) },
    { method: 'GET', path: `/api/v1/sessions/${anna.id}`, headers: world.byHeader(anna) },
    { method: 'GET', path: '/api/v1/signup/validate?login=free', headers: world.byCookie(anna) },
    { method: 'GET', path: '/api/v1/signup/validate?login=free' },
    { method: 'POST', path: '/api/v1/signup', json: signUpBody() },
    { method: 'POST', path: '/api/v1/signin', json: { login: anna.login, password: anna.password } },
    { method: 'POST', path: '/api/v1/signout', headers: world.byCookie(anna) },
    { method: 'POST', path: '/api/v1/sessions/restore', headers: world.byCookie(anna), json: {} },
    {
      method: 'DELETE',
      path: `/api/v1/sessions/${anna.id}/${anna.sessionId}`,
      headers: world.byHeader(anna),
    },
    { method: 'POST', path: '/auth/login', json: { username: anna.login, password: anna.password } },
    { method: 'POST', path: '/auth/who-am-i', headers: world.byCookie(proof) },
    { method: 'POST', path: '/auth/authenticate', headers: world.byProof(proof) },
    { method: 'POST', path: '/auth/logout', headers: world.byProof(proof) },
    { method: 'DELETE', path: '/auth/sessions', headers: world.byProof(proof) },
    { method: 'GET', path: '/auth/revocations', headers: { authorization: `Bearer ${key}` } },
    { method: 'GET', path: '/health/ready' },
  ];

  async function assertUnavailable(): Promise<void> {
    const answers = await Promise.all(
      requests().map(({ headers, ...request }) =>
        world.call({ ...request, headers: { ...headers, 'x-correlation-id': 'outage-1' } }),
      ),
    );
    for (const answer of answers) {
      assertProblem(answer, 503, 'UNAVAILABLE');
      assert.equal(answer.json.correlation_id, 'outage-1');
      assert.deepEqual(answer.json.details, { retry_after: Number(answer.headers['retry-after']) });
      assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/);
      assert.deepEqual(answer.cookies, [], 'nobody is signed out');
      assert.ok(!/postgres|ECONN|sql/i.test(answer.text), answer.text);
    }
  }

  async function assertBack(): Promise<void> {
    for (let i = 0; i < 100; i++) {
      if ((await world.call({ method: 'GET', path: '/health/ready' })).status === 200) break;
      await sleep(50);
    }
    await world.assertLive(anna);
    await world.assertLive(proof);
    await world.again(anna);
  }

  it('every answer that needs it is 503, never 440, and nobody is signed out', async () => {
    const reader = await follow(world, key);
    await reader.next();
    await cluster.kill('SIGQUIT');
    await assertUnavailable();
    const alive = await world.call({ method: 'GET', path: '/health/alive' });
    assert.equal(alive.status, 200);
    const keys = await world.call({ method: 'GET', path: '/.well-known/jwks.json' });
    assert.equal(keys.status, 200);
    await cluster.start();
    await assertBack();
    const person = await world.person();
    await world.call({ method: 'POST', path: '/api/v1/signout', headers: world.byHeader(person) });
    const streamed = await reader.next(({ event }) => event === 'entries');
    assert.deepEqual(streamed.data.entries!.at(-1)!.subject, { session: person.sessionId });
    reader.close();
  });

  it('a server that hangs is 503 within four seconds', async () => {
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    // The postmaster, whose id is the file's first line, and all that it has started.
    const { rows } = await client.query<{ pid: number }>(`
      select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int as pid
      union select pid from pg_stat_activity where pid <> pg_backend_pid()`);
    await client.end();
    const signal = (name: NodeJS.Signals) => {
      for (const { pid } of rows) process.kill(pid, name);
    };
    signal('SIGSTOP');
    const since = performance.now();
    try {
      await assertUnavailable();
      assert.ok(performance.now() - since < 4000);
    } finally {
      signal('SIGCONT');
    }
    await assertBack();
  });
});

describe('while the service stops', () => {
  it('what it has begun it answers, streams end, and nothing new is taken', async () => {
    // A hash that takes a while.
    const world = await openWorld({ hashParameters: { memory: 16_384, passes: 8, parallelism: 1 } });
    const anna = await world.person();
    const reader = await follow(world, await world.serviceKey());
    await reader.next();
    const { login, password } = anna;
    const signIn = world.call({ method: 'POST', path: '/api/v1/signin', json: { login, password } });
    await sleep(20);
    const closing = world.app.close();
    const answer = await signIn;
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers.connection, 'close');
    await reader.ended;
    await closing;
    await assert.rejects(world.call({ method: 'GET', path: '/health/alive' }));
    await world.close();
  });
});
