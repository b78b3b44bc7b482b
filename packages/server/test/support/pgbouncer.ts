import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unprivilegedUser } from '../../../../scripts/postgres.ts';
import { findFreePort } from '../../src/app/find-free-port.ts';

export type PoolMode = 'session' | 'transaction' | 'statement';

/** A running PgBouncer. */
export interface PgBouncer {
  /** What reaches the same database through it. */
  urlOf(databaseUrl: string): string;
  /** What it has written so far. */
  log(): string;
  close(): Promise<void>;
}

/** Starts Debian's PgBouncer in front of the server of this URL, with few connections to it for each database. */
export async function startPgBouncer(
  serverUrl: string,
  mode: PoolMode,
  more: readonly string[] = [],
): Promise<PgBouncer> {
  const program = findPgBouncer();
  const owner = unprivilegedUser();
  const server = new URL(serverUrl);
  const port = await findFreePort('127.0.0.1');
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-pgbouncer-'));
  const files = {
    'users.txt': `"${server.username}" "${server.password}"\n`,
    'pgbouncer.ini': `[databases]
* = host=${server.hostname} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = users.txt
pool_mode = ${mode}
default_pool_size = ${mode === 'session' ? 60 : 5}
max_client_conn = 300
${more.join('\n')}
`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  if (owner.uid !== undefined)
    for (const path of [folder, ...Object.keys(files).map((name) => join(folder, name))])
      chownSync(path, owner.uid, owner.gid!);

  const child = spawn(program, ['pgbouncer.ini'], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const killed = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', killed);
  const exited = once(child, 'close');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer did not start: ${said}`);
    await sleep(10);
  }
  return {
    urlOf: (databaseUrl) => Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href,
    log: () => said,
    async close() {
      child.kill('SIGTERM');
      await exited;
      process.off('exit', killed);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

/** Never skips: installs Debian's package where it may. */
function findPgBouncer(): string {
  const find = () =>
    ['/usr/sbin/pgbouncer', 'pgbouncer'].find((program) => spawnSync(program, ['--version']).status === 0);
  const found = find();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'pgbouncer'], { stdio: 'ignore', env });
  }
  const installed = find();
  if (installed !== undefined) return installed;
  throw new Error(
    'The tests behind a pooler need PgBouncer: install it (Debian: apt-get install pgbouncer).',
  );
}
