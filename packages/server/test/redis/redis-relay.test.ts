import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type App, createApp } from '../../src/app/create-app.ts';
import { signIn } from '../../src/authentication/sign-in.ts';
import { signUp } from '../../src/authentication/sign-up.ts';
import { loadConfig } from '../../src/config/config.ts';
import { setAccountActive } from '../../src/identity/accounts/set-account-active.ts';
import type { SessionId } from '../../src/kernel/ids.ts';
import { closeSession } from '../../src/sessions/close-session.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const device = { address: '127.0.0.1', client: '', platform: '' };
const login = 'ada@example.com';
const password = 'correct horse battery';

describe('logout events on Redis', () => {
  let redis: TestRedis;
  let reader: Redis;
  let folder: string;
  let app: App;
  let second: App;

  before(async () => {
    redis = await startRedis();
    reader = new Redis(redis.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    reader.on('error', () => {});
    folder = await mkdtemp(join(tmpdir(), 'latchkey-relay-'));
    app = await open();
    second = await open();
    await signUp(app.context, { name: 'Ada', login, password, device });
  });

  after(async () => {
    await app.close();
    await second.close();
    reader.disconnect();
    await redis.close();
    await rm(folder, { recursive: true, force: true });
  });

  function open(): Promise<App> {
    const settings = {
      PORT: '0',
      LATCHKEY_DATA_DIR: folder,
      LATCHKEY_REDIS_URL: redis.url,
      LATCHKEY_LOG_LEVEL: 'fatal',
    };
    return createApp(loadConfig(settings, { cwd: folder }), {
      hashParameters: { memory: 64, passes: 1, parallelism: 1 },
    });
  }

  async function endOne(): Promise<SessionId> {
    const { id } = await signIn(app.context, { login, password, device });
    await closeSession(app.context, { sessionId: id, reason: 'closed' });
    return id;
  }

  async function relayed(): Promise<string[]> {
    const events = await reader.xrange('logout', '-', '+');
    return events.map(([, fields]) => fields[fields.indexOf('sessionId') + 1]!);
  }

  async function eventually(expected: readonly string[]): Promise<void> {
    for (let i = 0; i < 100; i += 1) {
      if ((await relayed()).length >= expected.length) break;
      await delay(50);
    }
    assert.deepEqual(await relayed(), expected);
  }

  test('each ended session is one event, in order, though two instances relay the log', async () => {
    const ended: string[] = [];
    for (let i = 0; i < 20; i += 1) ended.push(await endOne());
    await eventually(ended);
  });

  test('what ended while Redis was away follows when it is back, and nothing twice', async () => {
    const known = await relayed();
    await redis.stop();
    const missed = [await endOne(), await endOne()];
    await redis.start();
    await eventually([...known, ...missed]);
    const next = await endOne();
    await eventually([...known, ...missed, next]);
  });

  test('a cut-off is one event for each of its sessions, also where only some had arrived before', async () => {
    const known = await relayed();
    const { accountId, id } = await signIn(app.context, { login, password, device });
    const all = [id, (await signIn(app.context, { login, password, device })).id];
    // The session of the sign-up is still open.
    const { data } = await app.context.read.sessions.list(
      { accountId, active: true },
      { skip: 0, take: 10, total: false },
    );
    const { head } = await app.context.read.log.state();
    await redis.stop();
    await setAccountActive(app.context, { accountId, active: false });
    const [entry] = await app.context.read.log.list(head, 10);
    const named = entry!.sessions!;
    assert.deepEqual([...named].sort(), data.map(({ session }) => session.id).sort());
    assert.ok(all.every((one) => named.includes(one)));
    await redis.start();
    await eventually([...known, ...named]);
  });
});
