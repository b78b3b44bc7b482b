import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newFolder } from './server-process.ts';

/** A running nginx. */
export interface Nginx {
  close(): Promise<void>;
}

/** The blocks of a language in a page of the documentation. */
export function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../../docs', page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , block]) => block!);
}

/** Runs an nginx with these files in its folder, of which `servers.conf` holds its servers, until it listens on the port. */
export async function startNginx(files: Readonly<Record<string, string>>, port: number): Promise<Nginx> {
  const program = findNginx();
  const folder = newFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  writeFileSync(join(folder.path, 'nginx.conf'), main);
  const child = spawn(program, ['-p', folder.path, '-c', 'nginx.conf', '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const killed = () => void child.kill('SIGTERM');
  process.once('exit', killed);
  const exited = once(child, 'close');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  while (!(await accepts(port))) {
    if (hasEnded(child)) throw new Error(`nginx did not start: ${said}`);
    await sleep(10);
  }
  return {
    async close() {
      child.kill('SIGTERM');
      await exited;
      process.off('exit', killed);
      folder.remove();
    },
  };
}

// One process, whose files are all in the folder.
const main = `daemon off;
master_process off;
pid nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`).join('\n  ')}
  include servers.conf;
}
`;

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
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
function findNginx(): string {
  const find = () => ['/usr/sbin/nginx', 'nginx'].find((program) => spawnSync(program, ['-v']).status === 0);
  const found = find();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'nginx-light'], {
      stdio: 'ignore',
      env,
    });
  }
  const installed = find();
  if (installed !== undefined) return installed;
  throw new Error(
    'The tests of forward authentication need nginx: install it (Debian: apt-get install nginx-light).',
  );
}
