import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findFreePort } from '../../src/app/find-free-port.ts';
import type { Certificate } from './certificates.ts';

/** A Redis server of a test's own. */
export interface TestRedis {
  readonly url: string;
  /** Ends the process; `start` begins again with what it had saved, by default nothing. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a Redis server on a free port of loopback, with an append-only file in a temporary folder. With a certificate it
 * takes only encrypted connections, to `localhost`.
 */
export async function startRedis(certificate?: Certificate): Promise<TestRedis> {
  const program = findRedis();
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-redis-'));
  const port = await findFreePort('127.0.0.1');
  const url = certificate === undefined ? `redis://127.0.0.1:${port}` : `rediss://localhost:${port}`;
  const ports =
    certificate === undefined ? ['--port', String(port)] : await encrypted(certificate, folder, port);
  let stop = async () => {};
  async function start(): Promise<void> {
    const args = [...ports, '--bind', '127.0.0.1', '--dir', folder];
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

/** The arguments for a port of TLS. */
async function encrypted({ cert, key }: Certificate, folder: string, port: number): Promise<string[]> {
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key)]);
  const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', certFile];
  return ['--port', '0', '--tls-port', String(port), ...files, '--tls-auth-clients', 'no'];
}

async function answering(url: string): Promise<void> {
  const tls = url.startsWith('rediss:') ? { tls: { rejectUnauthorized: false } } : {};
  const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null, ...tls });
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
