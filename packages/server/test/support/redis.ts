import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findFreePort } from '../../src/app/find-free-port.ts';

/** A Redis server of a test's own. */
export interface TestRedis {
  readonly url: string;
  /** Ends the process; `start` begins again with what it had saved, by default nothing. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Redis server on a free port of loopback, with an append-only file in a temporary folder. */
export async function startRedis(): Promise<TestRedis> {
  const program = findRedis();
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-redis-'));
  const port = await findFreePort('127.0.0.1');
  const url = `redis://127.0.0.1:${port}`;
  let stop = async () => {};
  async function start(): Promise<void> {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const child = spawn(program, [...args, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''], {
      stdio: 'ignore',
    });
    stop = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
    await answering(url);
  }
  await start();
  return {
    url,
    start,
    stop: () => stop(),
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(url: string): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on('error', () => {});
  await redis.ping();
  redis.disconnect();
}

/** Never skips: installs Debian's package where it may. */
function findRedis(): string {
  if (spawnSync('redis-server', ['--version']).status === 0) return 'redis-server';
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync('apt-get', ['install', '-y', 'redis-server'], { stdio: 'ignore', env });
    if (status === 0) return 'redis-server';
  }
  throw new Error(
    'The tests of the Redis relay need redis-server: install it (Debian: apt-get install redis-server).',
  );
}
