import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../../..');

/** A unit of systemd as a page of the docs shows it, for a checkout in another place. */
export interface Unit {
  readonly text: string;
  /** The value of a setting; undefined when it is not set. */
  get(name: string): string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Reads the unit that a page shows. Its checkout is this one. */
export function readUnit(page: string): Unit {
  const shown = /```ini\n(\[Unit\]\n[^`]*)```/.exec(readFileSync(join(root, 'docs', page), 'utf8'))?.[1];
  if (shown === undefined) throw new Error(`docs/${page} shows no unit`);
  const text = shown.replaceAll('/opt/latchkey', root);
  const settings = [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!] as const);
  const variables = settings.filter(([name]) => name === 'Environment').map(([, value]) => value);
  return {
    text,
    get: (wanted) => settings.find(([name]) => name === wanted)?.[1],
    environment: Object.fromEntries(
      variables.map((pair) => [pair.split('=')[0]!, pair.replace(/^\w+=/, '')]),
    ),
  };
}

/** Whether processes can be given another user and a view of the files of their own, as systemd does. */
export const canConfine = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

const nobody = '65534';

/**
 * Starts what the unit starts, as systemd does: an environment with only what it names, the folder `/`, no terminal and
 * no standard input, another user, and a checkout that cannot be written.
 */
export function startUnit(unit: Unit, env: Readonly<Record<string, string>>): ChildProcess {
  const steps = [
    `mount --bind '${root}' '${root}'`,
    `mount -o remount,bind,ro '${root}'`,
    `exec setpriv --reuid=${nobody} --regid=${nobody} --clear-groups --no-new-privs ${unit.get('ExecStart')}`,
  ];
  const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return spawn('unshare', ['--mount', 'sh', '-c', steps.join(' && ')], {
    cwd: '/',
    env: { PATH, LANG: 'C.UTF-8', INVOCATION_ID: '0', JOURNAL_STREAM: '8:1', ...unit.environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
