import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ReverseProxy, startProxyProcess } from './proxy-process.ts';

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
  const cache = join(import.meta.dirname, '../../../../../node_modules/.cache');
  const own = join(cache, 'caddy');
  const program = join(own, 'usr/bin/caddy');
  const find = () => ['caddy', program].find((each) => spawnSync(each, ['version']).status === 0);
  const found = find();
  if (found !== undefined) return found;
  if (existsSync('/etc/debian_version')) {
    // Several tests may do so at once: the first one puts it in its place whole.
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'caddy-'));
    const run = (name: string, args: readonly string[]) =>
      spawnSync(name, args, { cwd: folder, stdio: 'ignore' });
    if (process.getuid?.() === 0) run('apt-get', ['update']);
    run('apt-get', ['download', 'caddy']);
    const [file] = readdirSync(folder);
    mkdirSync(join(folder, 'root'));
    if (file !== undefined && run('dpkg-deb', ['-x', file, 'root']).status === 0) {
      try {
        renameSync(join(folder, 'root'), own);
      } catch {}
    }
    rmSync(folder, { recursive: true });
  }
  const taken = find();
  if (taken !== undefined) return taken;
  throw new Error(
    'The tests of forward authentication need Caddy: install it (Debian: apt-get install caddy).',
  );
}
