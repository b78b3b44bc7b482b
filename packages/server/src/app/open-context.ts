import pino, { type Logger as PinoLogger } from 'pino';
import { systemClock } from '../adapters/crypto/clock.ts';
import { createCodes } from '../adapters/crypto/codes.ts';
import { createCredentialSigner } from '../adapters/crypto/credentials.ts';
import { createHasher, type HasherPool } from '../adapters/crypto/hasher.ts';
import { randomIds } from '../adapters/crypto/ids.ts';
import { type KeyRing, openKeyRing } from '../adapters/crypto/key-ring.ts';
import { createSecretBox } from '../adapters/crypto/secret-box.ts';
import { createTokens } from '../adapters/crypto/tokens.ts';
import { type OpenStore, openStore } from '../adapters/store/open-store.ts';
import type { Config } from '../config/config.ts';
import type { Context } from '../kernel/context.ts';
import type { Clock } from '../kernel/ports.ts';
import { EndQueue } from '../sessions/end-queue.ts';

/** What a test may put in the place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  /** Cheaper than the real ones, for tests that sign in a lot. */
  readonly hashParameters?: {
    readonly memory: number;
    readonly passes: number;
    readonly parallelism: number;
  };
  readonly logger?: PinoLogger;
  /** Creates neither database nor keys: throws when they are missing, or the tables are not of this version. */
  readonly mustExist?: boolean;
}

/** The operations' context on an open database. */
export interface OpenContext {
  readonly context: Context;
  readonly keys: KeyRing;
  readonly store: OpenStore;
  readonly hasher: HasherPool;
  readonly logger: PinoLogger;
  /** Who is told that a mail was queued here. */
  onMail(wake: () => void): void;
  close(): Promise<void>;
}

/** Opens database and keys. Throws StoreError and KeyError, one sentence each, when they cannot be used. */
export async function openContext(config: Config, overrides: Overrides = {}): Promise<OpenContext> {
  const { clock = systemClock, mustExist = false } = overrides;
  const logger =
    overrides.logger ??
    pino({ level: config.logLevel, timestamp: pino.stdTimeFunctions.isoTime, base: null });
  const store = await openStore(config.databaseUrl, { mustExist });
  let keys: KeyRing;
  try {
    if (!mustExist) await store.migrate();
    keys = await openKeyRing({
      dataDir: config.dataDir,
      ...(config.masterKey !== undefined && { masterKey: config.masterKey }),
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
  } catch (error) {
    await store.close();
    throw error;
  }
  const hasher = createHasher({
    threads: config.hashThreads,
    ...(overrides.hashParameters && { parameters: overrides.hashParameters }),
  });
  const ids = randomIds;
  const woken = { mail: () => {} };
  const context: Context = {
    read: store.read,
    transaction: (work) => store.transaction(work),
    clock,
    ids,
    hasher,
    credentials: createCredentialSigner(keys.credentialKey),
    tokens: createTokens({
      keys,
      issuer: config.publicUrl,
      audience: config.audience,
      ttl: config.tokenTtl,
      clock,
      ids,
    }),
    codes: createCodes(keys.credentialKey, ids),
    mail: {
      box: createSecretBox(keys.credentialKey, 'mails'),
      link: (path, fragment) => `${config.publicUrl}/${path}#${new URLSearchParams(fragment)}`,
      wake: () => woken.mail(),
    },
    random: Math.random,
    ends: new EndQueue(),
    policy: {
      sessionIdle: config.sessionIdle,
      sessionAbsolute: config.sessionAbsolute,
      maxSessions: 50,
      tokenTtl: config.tokenTtl,
      passwordMinLength: config.passwordMinLength,
      hideAccounts: config.hideAccounts,
    },
    logger,
  };
  const onMail = (wake: () => void) => {
    woken.mail = wake;
  };
  const close = async () => {
    keys.close();
    await hasher.close();
    await store.close();
  };
  return { context, keys, store, hasher, logger, onMail, close };
}
