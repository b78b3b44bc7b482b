import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VerifierStatus } from '@latchkey/verify';
import type { Operation } from './history.ts';

/** One verifier in the child process. */
export interface VerifierSettings {
  readonly node: string;
  readonly issuer: string;
  readonly serviceKey: string;
  readonly maxStaleness: number;
  readonly onStale: 'introspect' | 'reject';
  /** In seconds. */
  readonly clockSkew?: number;
  /** Where the feed and the keys are got, and where is asked online. */
  readonly ports: { readonly feed: number; readonly questions: number };
}

/** A token with its credential, and the name that it has in the history. */
export interface ShownToken {
  readonly token: string;
  readonly jwt: string;
  readonly credential: string;
}

/** What the child process is told. */
export type Order =
  | { readonly order: 'begin'; readonly settings: VerifierSettings }
  | { readonly order: 'show'; readonly shown: ShownToken }
  | { readonly order: 'hide'; readonly token: string }
  | { readonly order: 'status' };

/** A process with verifiers, as a service would embed them. */
export interface Verifiers {
  begin(settings: VerifierSettings): void;
  /** From now on every verifier checks it ten times a second. */
  show(shown: ShownToken): void;
  hide(token: string): void;
  status(): Promise<Readonly<Record<string, VerifierStatus>>>;
  /** Waits until the verifier says that it is ready; throws after ten seconds. */
  ready(node: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the process; `record` is given what its verifiers answer. `env` besides what a process needs. */
export function startVerifiers(
  record: (operation: Operation) => void,
  env: Readonly<Record<string, string>> = {},
): Verifiers {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(join(import.meta.dirname, 'verifiers-child.ts'), {
    execArgv: [],
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  let waiting: ((status: Record<string, VerifierStatus>) => void)[] = [];
  child.on('message', ({ operations = [], status }: Report) => {
    for (const operation of operations) record(operation);
    if (status === undefined) return;
    for (const resolve of waiting) resolve(status);
    waiting = [];
  });
  const tell = (order: Order) => void child.send(order, () => {});

  function status(): Promise<Record<string, VerifierStatus>> {
    return new Promise((resolve) => {
      waiting.push(resolve);
      tell({ order: 'status' });
    });
  }

  return {
    begin: (settings) => tell({ order: 'begin', settings }),
    show: (shown) => tell({ order: 'show', shown }),
    hide: (token) => tell({ order: 'hide', token }),
    status,
    async ready(node) {
      for (let tries = 0; tries < 400; tries += 1) {
        if ((await status())[node]?.ready) return;
        await sleep(25);
      }
      throw new Error(`${node} is not ready`);
    },
    async close() {
      // What it has recorded comes before the status.
      await Promise.race([status(), exited]);
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

interface Report {
  readonly operations?: readonly Operation[];
  readonly status?: Record<string, VerifierStatus>;
}
