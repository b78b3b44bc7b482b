import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app/create-app.ts';
import { loadConfig } from '../../src/config/config.ts';
import { type MovableClock, movableClock } from './clock.ts';
import { type Engine, makeDatabase } from './stores.ts';

/** The real service on a free port, with a data folder and a database of its own. */
export interface TestApp {
  readonly app: App;
  readonly clock: MovableClock;
  readonly port: number;
  /** Stops the service and removes what it stored. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** SQLite by default. */
  readonly engine?: Engine;
  /** Settings besides those that a test needs anyway. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the clock stands still until it is moved. */
  readonly frozen?: boolean;
  /** Cheap ones by default. */
  readonly hashParameters?: {
    readonly memory: number;
    readonly passes: number;
    readonly parallelism: number;
  };
}

/** Starts the service and listens. */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const {
    engine = 'sqlite',
    env = {},
    frozen = false,
    hashParameters = { memory: 64, passes: 1, parallelism: 1 },
  } = options;
  const cleanUps: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
  };
  try {
    const cwd = await mkdtemp(join(tmpdir(), 'latchkey-http-'));
    cleanUps.push(() => rm(cwd, { recursive: true, force: true }));
    const settings = {
      HOST: '127.0.0.1',
      PORT: '0',
      LATCHKEY_LOG_LEVEL: 'silent',
      LATCHKEY_HASH_THREADS: '1',
    };
    const database =
      engine === 'postgres'
        ? { LATCHKEY_DATABASE_URL: (await makeDatabase(engine, (undo) => cleanUps.push(undo))).url }
        : {};
    const clock = movableClock(frozen ? Date.now() : undefined);
    const config = loadConfig({ ...settings, ...database, ...env }, { cwd });
    const app = await createApp(config, { clock, hashParameters });
    cleanUps.push(() => app.close());
    await app.listen();
    return { app, clock, port: app.config.port, close };
  } catch (error) {
    await close();
    throw error;
  }
}
