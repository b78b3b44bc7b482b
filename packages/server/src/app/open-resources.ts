import type { Logger as PinoLogger } from 'pino';
import { systemClock } from '../adapters/crypto/clock.ts';
import { createHasher, type HasherPool } from '../adapters/crypto/hasher.ts';
import { randomIds } from '../adapters/crypto/ids.ts';
import { type KeyRing, openKeyRing } from '../adapters/crypto/key-ring.ts';
import { type OpenStore, openStore } from '../adapters/store/open-store.ts';
import type { Config } from '../config/config.ts';
import type { Clock, TimeSource } from '../kernel/clock/clock.ts';
import { WallClock } from '../kernel/clock/wall-clock.ts';
import type { BaseContext, Policy } from '../kernel/context.ts';
import { given } from '../kernel/given.ts';
import type { Lifetime } from '../kernel/lifetime.ts';

/** What a test may replace. */
export interface Overrides {
  readonly clock?: TimeSource;
  /** Cheaper ones, for tests that sign in often. */
  readonly hashParameters?: {
    readonly memory: number;
    readonly passes: number;
    readonly parallelism: number;
  };
  readonly logger?: PinoLogger;
  /** Creates neither database nor keys: throws when they are missing, or the tables are not of this version. */
  readonly mustExist?: boolean;
}

/** What every process holds open, a server and a single command alike. */
export interface Resources {
  readonly keys: KeyRing;
  readonly store: OpenStore;
  readonly hasher: HasherPool;
  readonly logger: PinoLogger;
}

/** Opens the database and the keys. Throws StoreError or KeyError, with one sentence, when they cannot be used. */
export async function openResources(
  config: Config,
  overrides: Overrides & { readonly logger: PinoLogger },
  life: Lifetime,
): Promise<{ readonly resources: Resources; readonly base: BaseContext }> {
  const { hashParameters, logger, mustExist = false } = overrides;
  const clock = new WallClock(overrides.clock ?? systemClock);
  const warn = (sentence: string) => logger.warn(sentence);
  const listenUrl = config.databaseListenUrl;
  const options = { mustExist, warn, ...given({ listenUrl }) };
  const store = life.add('the database', await openStore(config.databaseUrl, options));
  if (!mustExist) await store.migrate();
  const keys = life.add('the keys', await openKeys(config, store, { clock, mustExist }));
  const hasher = createHasher(given({ threads: config.hashThreads, parameters: hashParameters }));
  life.add('the hashing threads', hasher);
  const base: BaseContext = {
    read: store.read,
    transaction: (work) => store.transaction(work),
    clock,
    ids: randomIds,
    policy: policyOf(config),
    logger,
  };
  clock.learn(await store.read.clock.find());
  return { resources: { keys, store, hasher, logger }, base };
}

function openKeys(
  config: Config,
  store: OpenStore,
  { clock, mustExist }: { readonly clock: Clock; readonly mustExist: boolean },
): Promise<KeyRing> {
  return openKeyRing({
    dataDir: config.dataDir,
    ...given({ masterKey: config.masterKey }),
    secrets: {
      find: (name) => store.read.secrets.find(name),
      put: (name, value, expected) => store.transaction((tx) => tx.secrets.put(name, value, expected)),
    },
    algorithm: config.signingAlgorithm,
    rotation: config.keyRotation,
    tokenTtl: config.tokenTtl,
    clock,
    mustExist,
  });
}

function policyOf(config: Config): Policy {
  return {
    sessionIdle: config.sessionIdle,
    sessionAbsolute: config.sessionAbsolute,
    sessionRetention: config.sessionRetention,
    mailRetention: config.mailRetention,
    importRetention: config.importRetention,
    maxSessions: 50,
    tokenTtl: config.tokenTtl,
    passwordMinLength: config.passwordMinLength,
    hideAccounts: config.hideAccounts,
    verifyByCodeAlone: config.verifyByCodeAlone,
  };
}
