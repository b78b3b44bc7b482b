import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures.ts';
import { type Latchkey, startSeeded } from './latchkey.ts';
import { type Loader, startLoader } from './load.ts';
import { type Pinned, SERVER_CORE, startPinned } from './pin.ts';

export interface Options {
  rounds: number;
  roundMs: number;
  /** Live sessions stored, in ours and in better-auth. */
  sessions: number;
  /** Accounts stored where lists are read. */
  accounts: number;
  /** Revoked sessions in the verifier's replica. */
  revoked: number;
  /** Measures the peers alone; nothing of ours is started. */
  peersOnly: boolean;
  /** Where the server under test writes a CPU profile when it stops. */
  profile?: string;
}

/** A row of the table: what it measures, and how. A row whose subject is missing throws. */
export interface Row {
  name: string;
  run(context: Context): Promise<Figure[]>;
}

/** What rows share. All of it starts at its first use and is ended by `close`. */
export interface Context {
  readonly options: Options;
  readonly directory: string;
  loader(): Loader;
  /** The one server of the whole run; undefined in a run of the peers alone. */
  latchkey(): Promise<Latchkey | undefined>;
  /** Cookies of live sessions that nobody else uses: their row ends them. */
  takeCookies(latchkey: Latchkey, count: number): string[];
  /** Starts a peer on the server's core; it ends with the run. */
  peer(file: string, env: Readonly<Record<string, string>>): Pinned;
  close(): Promise<void>;
}

export function createContext(options: Options): Context {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const closing: Array<() => Promise<void>> = [];
  let loader: Loader | undefined;
  let latchkey: Promise<Latchkey> | undefined;
  return {
    options,
    directory,
    loader() {
      if (!loader) {
        loader = startLoader();
        closing.push(loader.stop);
      }
      return loader;
    },
    async latchkey() {
      if (options.peersOnly) return undefined;
      latchkey ??= startSeeded(join(directory, 'latchkey'), options).then((started) => {
        closing.push(started.stop);
        return started;
      });
      return latchkey;
    },
    takeCookies({ spare }, count) {
      if (spare.length < count) throw new Error('no sessions are left to be closed');
      return spare.splice(0, count);
    },
    peer(file, env) {
      const peer = startPinned(SERVER_CORE, [join(import.meta.dirname, 'peers', file)], env);
      closing.push(peer.stop);
      return peer;
    },
    async close() {
      for (const end of closing.reverse()) await end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
