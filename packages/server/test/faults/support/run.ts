import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { given } from '../../../src/kernel/given.ts';
import { openRaw } from '../../e2e/support/database.ts';
import {
  freePort,
  newFolder,
  runVerb,
  type ServerProcess,
  startServer,
} from '../../e2e/support/server-process.ts';
import { type Engine, makeDatabase } from '../../support/stores.ts';
import { now, type Operation, recordPauses } from './history.ts';
import { type Session, signInAs } from './people.ts';
import { startVerifiers, type Verifiers } from './verifiers.ts';

/** A server with cheap hashes on a database of its own, a process for verifiers, and what happens to them. */
export interface Run {
  readonly history: Operation[];
  record(operation: Operation): void;
  readonly settings: Readonly<Record<string, string>> & { readonly PORT: string };
  readonly databaseUrl: string;
  readonly issuer: string;
  readonly serviceKey: string;
  readonly verifiers: Verifiers;
  /** Starts the server, once or again; it is reached from then on. */
  serve(): Promise<ServerProcess>;
  /** Makes an account with the role `admin`, once, and signs it in. */
  makeAdmin(server: ServerProcess): Promise<Session>;
  /** Records what the log holds. */
  readLog(): Promise<void>;
  /** Waits until the history shows it; throws an Error that says what is missing after ten seconds. */
  until(met: (history: readonly Operation[]) => boolean, what: string): Promise<void>;
}

export interface RunOptions {
  readonly engine?: Engine;
  /** Instead of a database of its own. */
  readonly databaseUrl?: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Of the server's environment, besides its settings. */
  readonly server?: Readonly<Record<string, string>>;
  /** How many files the server may have open. */
  readonly openFiles?: number;
  /** Of the process of the verifiers. */
  readonly env?: Readonly<Record<string, string>>;
}

const adminPassword = 'a password of the admin of a test';

/** Prepares a run whose processes and files go with the test. The server is not started yet. */
export async function prepareRun(t: TestContext, options: RunOptions = {}): Promise<Run> {
  const { engine = 'sqlite' } = options;
  const folder = newFolder();
  const cleanUps: (() => unknown)[] = [() => folder.remove()];
  // What was made last goes first: nobody writes any more into a folder that is removed.
  t.after(async () => {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  });
  const file = `sqlite:${join(folder.path, 'latchkey.db')}`;
  const made = async () => (await makeDatabase(engine, (undo) => void cleanUps.push(undo))).url;
  const databaseUrl = options.databaseUrl ?? (engine === 'sqlite' ? file : await made());
  const settings = {
    PORT: await freePort(),
    LATCHKEY_DATA_DIR: folder.path,
    LATCHKEY_DATABASE_URL: databaseUrl,
    LATCHKEY_TRUSTED_PROXIES: '127.0.0.1',
    LATCHKEY_LOG_LEVEL: 'error',
    LATCHKEY_HASH_THREADS: '1',
    LATCHKEY_TOKEN_TTL: '1h',
    ...options.settings,
  };
  const { key } = await runVerb(['services', 'add', 'faults'], settings);

  const history: Operation[] = [];
  const record = (operation: Operation) => void history.push(operation);
  const verifiers = startVerifiers(record, options.env);
  cleanUps.push(() => verifiers.close(), recordPauses(record));
  let started = false;
  return {
    history,
    record,
    settings,
    databaseUrl,
    issuer: `http://127.0.0.1:${settings.PORT}`,
    serviceKey: String(key),
    verifiers,
    async serve() {
      const server = await startServer(
        { ...settings, ...options.server },
        { entry: 'cheap', ...given({ openFiles: options.openFiles }) },
      );
      cleanUps.push(() => server.end('SIGKILL'));
      if (started) record({ what: 'network', node: 'server', state: 'good', at: now() });
      else record({ what: 'start', node: 'server', kind: 'server', at: now() });
      started = true;
      return server;
    },
    async makeAdmin({ client }) {
      const who = ['--login', 'admin', '--name', 'Admin'];
      await runVerb(['accounts', 'create', '--admin', ...who, '--password-stdin'], settings, adminPassword);
      return signInAs(client, 'admin', adminPassword);
    },
    readLog: async () => record(await readLog(databaseUrl)),
    async until(met, what) {
      const latest = now() + 10_000;
      while (!met(history)) {
        if (now() > latest) throw new Error(`it did not come about that ${what}`);
        await sleep(25);
        // The verifiers hand over what they have recorded.
        await verifiers.status();
      }
    },
  };
}

async function readLog(databaseUrl: string): Promise<Operation> {
  const database = await openRaw(databaseUrl);
  try {
    const at = now();
    const [state] = await database.rows('select head, pruned from log_head');
    const rows = await database.rows(
      'select seq, subject_kind, subject, action, ended from log_entries order by seq',
    );
    const entries = rows.map(({ seq, subject_kind: kind, subject, action, ended }) => {
      const one = kind === 'session' && action === 'reject' ? [String(subject)] : [];
      return { seq: Number(seq), sessions: ended === null ? one : JSON.parse(String(ended)) };
    });
    return { what: 'log', at, pruned: Number(state?.pruned), head: Number(state?.head), entries };
  } finally {
    await database.close();
  }
}
