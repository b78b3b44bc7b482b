import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures/figure.ts';
import { rateOf, type Side } from './figures/rounds.ts';
import { type Loader, type LoadJob, startLoader } from './load/loader.ts';
import { type PinnedScript, SERVER_CORE, startScript } from './load/pin.ts';
import { type Latchkey, startSeeded } from './server/latchkey.ts';

export interface Options {
  rounds: number;
  roundMs: number;
  /** Live sessions stored, in ours and in better-auth. */
  sessions: number;
  /** Accounts stored where lists are read. */
  accounts: number;
  /** Revoked sessions in the verifier's replica. */
  revoked: number;
  /** Measures only the peers; nothing of ours is started. */
  peersOnly: boolean;
  /** Where the server under test writes a CPU profile when it stops. */
  profile?: string;
}

/** A row of the table: what it measures, and how. A row whose subject is missing throws. */
export interface Row {
  name: string;
  /** True where no peer is measured: it is left out of a run of the peers only. */
  oursOnly?: true;
  run(context: Context): Promise<Figure[]>;
}

/** What rows share. Each part starts at its first use; `close` ends all of them. */
export interface Context {
  readonly options: Options;
  readonly directory: string;
  loader(): Loader;
  /** A side for `playRounds`: the load of a job on the process that serves its port. */
  load(pid: number, jobOf: () => LoadJob): Side;
  /** The one server of the whole run; undefined in a run of the peers only. */
  latchkey(): Promise<Latchkey | undefined>;
  /** Cookies of live sessions that no other row uses, to be ended. */
  takeCookies(latchkey: Latchkey, count: number): string[];
  /** Starts a script of `peers/` on the server's core; it ends with the run. */
  peer(file: string, env: Readonly<Record<string, string>>): PinnedScript;
  close(): Promise<void>;
}

export function createContext(options: Options): Context {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const closing: Array<() => Promise<void>> = [];
  let loader: Loader | undefined;
  let latchkey: Promise<Latchkey> | undefined;
  function ensureLoader(): Loader {
    if (!loader) {
      loader = startLoader();
      closing.push(loader.stop);
    }
    return loader;
  }
  return {
    options,
    directory,
    loader: ensureLoader,
    load: (pid, jobOf) => () => rateOf(pid, () => ensureLoader().run(jobOf())),
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
      const peer = startScript(SERVER_CORE, `peers/${file}`, env);
      closing.push(peer.stop);
      return peer;
    },
    async close() {
      for (const end of closing.reverse()) await end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
