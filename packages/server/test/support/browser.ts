import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

export type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/** Debian's Chromium, without a window. `args` are for its command line. */
export function openBrowser(...args: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...always(), ...args] });
}

/** The same with the extensions in these folders, in a profile of its own. */
export function openExtension(folders: readonly string[]): Promise<BrowserContext> {
  const list = folders.join(',');
  const args = [...always(), `--disable-extensions-except=${list}`, `--load-extension=${list}`];
  return chromium.launchPersistentContext('', { executablePath: findChromium(), args });
}

function always(): string[] {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'];
}

/** Never skips: installs Debian's package where it may. */
function findChromium(): string {
  const program = '/usr/bin/chromium';
  if (existsSync(program)) return program;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', 'chromium'], { stdio: 'ignore', env });
  }
  if (existsSync(program)) return program;
  throw new Error(`The tests of the pages need ${program}: install it (Debian: apt-get install chromium).`);
}
