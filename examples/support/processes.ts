import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.ts';

const root = join(import.meta.dirname, '../..');
const latchkey = join(root, 'packages/server/src/main.ts');

/** The processes that an example starts; `stop` ends all of them. */
export class Processes {
  readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-demo-'));
  readonly #running = new Set<ChildProcess>();
  #stopping: Promise<void> | undefined;

  constructor() {
    // Nothing outlives the example, however it ends.
    process.once('exit', () => {
      for (const child of this.#running) child.kill('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** Starts Latchkey in the folder; resolves to its URL when it is ready. */
  async startLatchkey(
    settings: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly url: string; readonly child: ChildProcess }> {
    const child = this.#start([latchkey, 'serve'], { PORT: '0', ...settings });
    const url = await this.#waitForLine(child, /"url":"([^"]+)"/);
    return { url, child };
  }

  /** Runs a verb of the command line; resolves to what it answers as JSON. */
  async command<T>(...words: string[]): Promise<T> {
    const child = this.#start([latchkey, ...words, '--json'], {});
    return JSON.parse(await this.#waitForLine(child, /(\{.*\})/)) as T;
  }

  /** Starts an example service; resolves to the URL that it prints when it serves. */
  async startService(name: string, issuer: string, serviceKey: string): Promise<string> {
    const port = String(await freePort('localhost'));
    const settings = { ISSUER: issuer, SERVICE_KEY: serviceKey, PORT: port };
    const child = this.#start([join(root, 'examples', name, 'server.ts')], settings);
    return this.#waitForLine(child, /(http:\S+)/);
  }

  /** Ends all processes and removes the folder. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const ends = [...this.#running].map((child) => {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 5000);
      return new Promise<void>((resolve) => child.once('close', () => resolve(clearTimeout(force))));
    });
    await Promise.all(ends);
    rmSync(this.folder, { recursive: true, force: true });
  }

  #start(args: readonly string[], settings: Record<string, string>): ChildProcess {
    if (this.#stopping !== undefined) throw new Error('the example is ending');
    // Settings of the person who runs it would change the story.
    const own = Object.entries(process.env).filter(([name]) => !/^(LATCHKEY_.*|PORT|HOST)$/.test(name));
    const env = {
      ...Object.fromEntries(own),
      LATCHKEY_DATA_DIR: this.folder,
      LATCHKEY_DRAIN: '0',
      ...settings,
    };
    // A group of its own: Ctrl-C reaches only the example, which ends the others in order.
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    return child;
  }

  /** Waits until the process prints something of this form; resolves to its first group. */
  #waitForLine(child: ChildProcess, form: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      let printed = '';
      const read = (chunk: Buffer) => {
        printed += chunk;
        const found = form.exec(printed)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('error', reject);
      child.once('close', (code) => {
        const words = child.spawnargs.slice(1).join(' ');
        reject(new Error(`${words} ended with ${code}:\n${printed}`));
      });
    });
  }
}
