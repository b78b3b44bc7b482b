import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pino from 'pino';
import { type App, createApp } from '../../src/app/create-app.ts';
import { signIn } from '../../src/authentication/sign-in.ts';
import { signUp } from '../../src/authentication/sign-up.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { SessionId } from '../../src/kernel/ids.ts';
import { closeSession } from '../../src/sessions/close-session.ts';
import { startRedis, type TestRedis } from './redis.ts';

const device = { address: '127.0.0.1', client: '', platform: '' };
const login = 'ada@example.com';
const password = 'correct horse battery';

/** A server that relays to a Redis, and one account whose sessions end. */
export interface RelayWorld {
  readonly redis: TestRedis;
  /** A connection of the test's own. */
  readonly reader: Redis;
  readonly app: App;
  /** What the server has logged, from `warn`. */
  readonly lines: readonly Record<string, unknown>[];
  /** Another server on the same database and Redis. */
  open(): Promise<App>;
  /** Opens a session. */
  start(): Promise<SessionId>;
  end(session: SessionId): Promise<void>;
  /** Opens a session and ends it. */
  endOne(): Promise<SessionId>;
  /** The events of the stream, oldest first. */
  events(): Promise<Record<string, string>[]>;
  /** Waits until the stream has as many events, then compares their sessions. */
  eventually(sessions: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** `url` is where the server finds Redis, if not at its own URL. */
export async function openRelayWorld({
  url,
  settings = {},
}: {
  url?: (redis: TestRedis) => Promise<string>;
  settings?: Record<string, string>;
} = {}): Promise<RelayWorld> {
  const redis = await startRedis();
  const reader = new Redis(redis.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  reader.on('error', () => {});
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-relay-'));
  const relayUrl = (await url?.(redis)) ?? redis.url;
  const lines: Record<string, unknown>[] = [];
  const apps: App[] = [];

  async function open(): Promise<App> {
    const config = loadConfig(
      {
        PORT: '0',
        LATCHKEY_DATA_DIR: folder,
        LATCHKEY_REDIS_URL: relayUrl,
        LATCHKEY_LOG_LEVEL: 'warn',
        ...settings,
      },
      { cwd: folder },
    );
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const app = await createApp(config, {
      hashParameters: { memory: 64, passes: 1, parallelism: 1 },
      logger,
    });
    apps.push(app);
    return app;
  }

  const app = await open();
  await signUp(app.context, { name: 'Ada', login, password, device });

  async function start(): Promise<SessionId> {
    return (await signIn(app.context, { login, password, device })).id;
  }

  async function end(sessionId: SessionId): Promise<void> {
    await closeSession(app.context, { sessionId, reason: 'closed' });
  }

  async function events(): Promise<Record<string, string>[]> {
    const found = await reader.xrange('logout', '-', '+');
    return found.map(([, fields]) =>
      Object.fromEntries(fields.flatMap((field, i) => (i % 2 ? [] : [[field, fields[i + 1]!]]))),
    );
  }

  return {
    redis,
    reader,
    app,
    lines,
    open,
    start,
    end,
    events,
    async endOne() {
      const id = await start();
      await end(id);
      return id;
    },
    async eventually(expected) {
      for (let i = 0; i < 300; i += 1) {
        if ((await events()).length >= expected.length) break;
        await delay(50);
      }
      assert.deepEqual(
        (await events()).map(({ sessionId }) => sessionId),
        expected,
      );
    },
    async close() {
      for (const one of apps) await one.close();
      reader.disconnect();
      await redis.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
