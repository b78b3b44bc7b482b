import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { after, before, describe, it, type TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { Redis } from 'ioredis';
import { startApp } from '../../../test/support/app.ts';
import { makeAuthority, makeSelfSigned } from '../../../test/support/certificates.ts';
import { startMailServer } from '../../../test/support/mail-server.ts';
import { startRedis, type TestRedis } from '../../../test/support/redis.ts';
import { openStore } from '../../adapters/store/open-store.ts';
import type { SessionId } from '../../kernel/ids.ts';
import { exitCodes } from '../frame/exit-codes.ts';
import { newInstallation } from '../testing.ts';

interface Told {
  readonly exitCode: number;
  readonly [name: string]: unknown;
}

/** What doctor says of each part, by its name: `<result> <message>`. */
async function examine(env: Record<string, string>): Promise<Told & Record<string, string>> {
  const { exitCode, stdout } = await newInstallation({ PORT: '1', ...env }).run('doctor --json');
  const { checks } = JSON.parse(stdout) as { checks: { name: string; result: string; message: string }[] };
  const told = checks.map(({ name, result, message }) => [name, `${result} ${message}`]);
  return { ...Object.fromEntries(told), exitCode };
}

/** A server that takes every byte, and says at most one line. */
async function startSwallower(t: TestContext, greeting = ''): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.resume();
    if (greeting !== '') socket.write(greeting);
  }).listen(0, '127.0.0.1');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('doctor tries the mail server', () => {
  it('which takes the connection, with and without credentials, and gets no mail', async (t) => {
    const mails = await startMailServer({
      onAuth: ({ username, password }, _session, done) =>
        username === 'ada' && password === 'hunter2' ? done(null, { user: 'ada' }) : done(new Error('no')),
      allowInsecureAuth: true,
    });
    t.after(() => mails.close());
    const url = (user: string) => `smtp://${user}127.0.0.1:${mails.port}`;
    for (const user of ['', 'ada:hunter2@']) {
      const told = await examine({ LATCHKEY_SMTP_URL: url(user) });
      assert.match(told['mail server']!, /^ok 127\.0\.0\.1:\d+ takes the connection.*Nothing was sent\.$/);
      assert.equal(told.exitCode, exitCodes.done);
    }
    const told = await examine({ LATCHKEY_SMTP_URL: url('ada:hunter3@') });
    assert.match(told['mail server']!, /^failed 127\.0\.0\.1:\d+: it refuses the credentials \(535\)\.$/);
    assert.equal(told.exitCode, exitCodes.refused);
    assert.ok(!JSON.stringify(told).includes('hunter'));
    assert.deepEqual(mails.received, []);
  });

  it('which is encrypted, with a certificate that nobody knows', async (t) => {
    const mails = await startMailServer({ disabledCommands: [], ...makeSelfSigned('IP:127.0.0.1') });
    t.after(() => mails.close());
    const url = { LATCHKEY_SMTP_URL: mails.url };
    assert.match((await examine(url))['mail server']!, /^ok /);
    const told = await examine({ ...url, LATCHKEY_SMTP_CA: makeAuthority().cert.replaceAll('\n', '\\n') });
    assert.match(told['mail server']!, /^failed .*: its certificate is signed by itself, and not known here/);
  });

  it('which is not there', async () => {
    const told = await examine({ LATCHKEY_SMTP_URL: 'smtp://127.0.0.1:1' });
    assert.match(told['mail server']!, /^failed 127\.0\.0\.1:1: nobody listens there \(ECONNREFUSED\)\.$/);
  });
});

describe('doctor tries Redis', () => {
  let redis: TestRedis;
  before(async () => {
    redis = await startRedis();
  });
  after(() => redis.close());

  it('which answers and can be written, and nothing is added', async (t) => {
    const told = await examine({ LATCHKEY_REDIS_URL: redis.url });
    assert.match(told.Redis!, /^ok 127\.0\.0\.1:\d+ answers, and its stream can be added to\.$/);
    const client = new Redis(redis.url);
    t.after(() => client.disconnect());
    assert.equal(await client.exists('logout'), 0);
  });

  it('and says how many logout events wait for it, and how many were dropped', async () => {
    const { env, run } = newInstallation({ PORT: '1', LATCHKEY_REDIS_URL: 'redis://127.0.0.1:1' });
    assert.equal((await run('migrate')).exitCode, exitCodes.done);
    const store = await openStore(`sqlite:${env.LATCHKEY_DATA_DIR}/latchkey.db`);
    const ended = {
      subject: { session: 'A'.repeat(22) as SessionId },
      action: 'reject',
      reason: 'signout',
    } as const;
    await store.transaction((tx) => tx.relays.register('redis://127.0.0.1:1', Date.now()));
    await store.transaction((tx) => tx.log.append([ended, ended, ended], 1, 2));
    await store.transaction((tx) => tx.log.prune(10, 2));
    const told = async () => (await run('doctor --json')).stdout;
    assert.match(await told(), /"result":\s*"ok",\s*"message":\s*"3 wait for Redis, and 0 were dropped\."/);
    await store.transaction((tx) => tx.relays.drop('redis://127.0.0.1:1', 1, 10));
    assert.match(
      await told(),
      /"result":\s*"warning",\s*"message":\s*"1 wait for Redis, and 2 were dropped\."/,
    );
    await store.close();
  });

  it('which lets nobody write there', async (t) => {
    const client = new Redis(redis.url);
    t.after(() => client.disconnect());
    await client.acl(
      'SETUSER',
      'reader',
      'on',
      '>hunter2',
      '~*',
      '+@read',
      '+@connection',
      '+info',
      '-@write',
    );
    const { host } = new URL(redis.url);
    const reader = await examine({ LATCHKEY_REDIS_URL: `redis://reader:hunter2@${host}` });
    assert.match(reader.Redis!, /^failed .*NOPERM/);
    const wrong = await examine({ LATCHKEY_REDIS_URL: `redis://reader:hunter3@${host}` });
    assert.match(wrong.Redis!, /^failed .*WRONGPASS.*[^.]\.$/);
    await client.config('SET', 'requirepass', 'hunter4');
    const without = await examine({ LATCHKEY_REDIS_URL: `redis://${host}` });
    assert.match(without.Redis!, /^failed \S+: it wants a password \(NOAUTH\)\.$/);
    await client.config('SET', 'requirepass', '');
    assert.ok(!JSON.stringify([reader, wrong]).includes('hunter'));
    await client.set('logout', 'no stream');
    assert.match((await examine({ LATCHKEY_REDIS_URL: redis.url })).Redis!, /^failed .*WRONGTYPE/);
    await client.del('logout');
    await client.replicaof('127.0.0.1', 1);
    assert.match(
      (await examine({ LATCHKEY_REDIS_URL: redis.url })).Redis!,
      /^failed .*(READONLY|MASTERDOWN)/,
    );
    assert.equal(reader.exitCode, exitCodes.refused);
  });
});

describe('doctor tries a Redis that encrypts', () => {
  it('and checks the certificate by the authorities that are set', async (t) => {
    const [authority, other] = [makeAuthority(), makeAuthority()];
    const redis = await startRedis(authority.issue('DNS:localhost'));
    t.after(() => redis.close());
    const env = { LATCHKEY_REDIS_URL: redis.url, LATCHKEY_REDIS_CA: authority.cert };
    assert.match((await examine(env)).Redis!, /^ok /);
    assert.match(
      (await examine({ ...env, LATCHKEY_REDIS_CA: other.cert })).Redis!,
      /^failed localhost:\d+: its certificate is from an authority that is not known here \(\w+\)\.$/,
    );
    assert.match((await examine({ LATCHKEY_REDIS_URL: redis.url })).Redis!, /^ok /);
  });
});

describe('doctor tries the public URL', () => {
  it('whose certificate cannot be trusted', async (t) => {
    const tls = createTlsServer(makeSelfSigned('IP:127.0.0.1')).listen(0, '127.0.0.1');
    t.after(() => tls.close());
    await once(tls, 'listening');
    const url = `https://127.0.0.1:${(tls.address() as AddressInfo).port}`;
    assert.match(
      (await examine({ LATCHKEY_PUBLIC_URL: url }))['public URL']!,
      /^failed .* cannot be used: its certificate is signed by itself, and not known here \(\w+\)\.$/,
    );
  });

  it('which leads to the server, to another one, or to something else', async (t) => {
    const own = await startApp();
    t.after(() => own.close());
    const { publicUrl } = own.app.config;
    assert.match(
      (await examine({ LATCHKEY_PUBLIC_URL: publicUrl }))['public URL']!,
      /^ok .* leads to Latchkey\.$/,
    );
    const other = await examine({ LATCHKEY_PUBLIC_URL: publicUrl.replace('localhost', '127.0.0.1') });
    assert.match(other['public URL']!, /^failed .*the server there has another URL/);
    const web = createHttpServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    t.after(() => web.close());
    await once(web, 'listening');
    const { port } = web.address() as AddressInfo;
    const strange = await examine({ LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${port}` });
    assert.match(strange['public URL']!, /^failed .*something else answers \(200\)/);
    assert.equal(strange.exitCode, exitCodes.refused);
  });
});

describe('a server that swallows bytes does not hold doctor up', () => {
  for (const [what, greeting] of [
    ['says nothing', ''],
    ['greets only', '220 here\r\n'],
  ] as const) {
    it(what, { timeout: 30_000 }, async (t) => {
      const port = await startSwallower(t, greeting);
      const begin = performance.now();
      const told = await examine({
        LATCHKEY_SMTP_URL: `smtp://127.0.0.1:${port}`,
        LATCHKEY_REDIS_URL: `redis://127.0.0.1:${port}`,
        LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${port}`,
        LATCHKEY_DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/latchkey`,
      });
      assert.ok(performance.now() - begin < 10_000);
      assert.match(told['mail server']!, /^failed /);
      assert.match(told.Redis!, /^failed .*(it does not answer in time|answers otherwise than a Redis)\.$/);
      assert.match(told['public URL']!, /^warning /);
      assert.match(told.database!, /^failed /);
      assert.equal(told.exitCode, exitCodes.refused);
      assert.ok(!JSON.stringify(told).includes('hunter'));
      t.diagnostic(JSON.stringify(told));
    });
  }
});
