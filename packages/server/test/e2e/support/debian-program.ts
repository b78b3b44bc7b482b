import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A program and how to see that it is there. */
export interface DebianProgram {
  /** Its names and paths, the likeliest first. */
  readonly names: readonly string[];
  readonly versionArgs: readonly string[];
  readonly package: string;
}

/** The program's name; installs Debian's package where it may. Throws an Error that says what to install. */
export function findProgram({ names, versionArgs, package: name }: DebianProgram): string {
  const find = () => names.find((program) => spawnSync(program, versionArgs).status === 0);
  const found = find();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], { stdio: 'ignore', env });
  }
  const installed = find();
  if (installed !== undefined) return installed;
  throw new Error(`This test needs ${names.at(-1)}: install it (Debian: apt-get install ${name}).`);
}
