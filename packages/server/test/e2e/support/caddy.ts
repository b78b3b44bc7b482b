import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReverseProxy, startProxyProcess } from './proxy-process.ts';
import { newFolder } from './server-process.ts';

/** Runs a Caddy with these sites, until it listens on the port of 127.0.0.1. */
export function startCaddy(sites: string, port: number): Promise<ReverseProxy> {
  const program = findCaddy();
  return startProxyProcess(program, { Caddyfile: main + sites }, port, () => [
    ...['run', '--config', 'Caddyfile', '--adapter', 'caddyfile'],
  ]);
}

// No interface for administration, no certificates, nothing but loopback.
const main = `{
  admin off
  auto_https off
  default_bind 127.0.0.1
}
`;

/**
 * Never skips: takes Debian's package where it may, and its program alone. Installed, the package would start a Caddy of
 * its own.
 */
function findCaddy(): string {
  const own = join(tmpdir(), `latchkey-caddy-${process.getuid?.()}`);
  const program = join(own, 'usr/bin/caddy');
  const find = () => ['caddy', program].find((each) => spawnSync(each, ['version']).status === 0);
  const found = find();
  if (found !== undefined) return found;
  if (existsSync('/etc/debian_version')) {
    // Several tests may do so at once: the first one puts it in its place whole.
    const folder = newFolder();
    const run = (name: string, args: readonly string[]) =>
      spawnSync(name, args, { cwd: folder.path, stdio: 'ignore' });
    if (process.getuid?.() === 0) run('apt-get', ['update']);
    run('apt-get', ['download', 'caddy']);
    const [file] = readdirSync(folder.path);
    mkdirSync(join(folder.path, 'root'));
    if (file !== undefined && run('dpkg-deb', ['-x', file, 'root']).status === 0) {
      try {
        renameSync(join(folder.path, 'root'), own);
      } catch {}
    }
    folder.remove();
  }
  const taken = find();
  if (taken !== undefined) return taken;
  throw new Error(
    'The tests of forward authentication need Caddy: install it (Debian: apt-get install caddy).',
  );
}
