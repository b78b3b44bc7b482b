import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A program that runs JavaScript, or why it is skipped. */
export interface Runtime {
  readonly name: string;
  readonly command: readonly string[];
  readonly skip: false | string;
}

const modules = join(import.meta.dirname, 'node_modules');
const { platform, arch } = process;
const osName = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[platform as string] ?? platform;
const cpuName = { x64: 'x64', arm64: 'aarch64' }[arch as string] ?? arch;
const libc = platform === 'linux' ? '-glibc' : '';

/** The runtimes that the packages are for; only those that npm brings for this machine are run. */
export function findRuntimes(): Runtime[] {
  const own: Runtime = { name: `Node ${process.versions.node}`, command: [process.execPath], skip: false };
  const node = (major: number) => find(`Node ${major}`, `node${major}-${platform}-${arch}/bin/node`);
  return [
    node(20),
    node(22),
    own,
    find('Bun', `@oven/bun-${osName}-${cpuName}/bin/bun`, 'run'),
    find('Deno', `@deno/${platform}-${arch}${libc}/deno`, 'run', '--allow-all'),
  ];
}

function find(name: string, path: string, ...words: string[]): Runtime {
  const program = join(modules, path);
  const skip = existsSync(program) ? false : `npm brings no ${path} for ${platform} on ${arch}`;
  return { name, command: [program, ...words], skip };
}
