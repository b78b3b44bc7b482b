/**
 * `npm run sizes`: measures what docs/sizes.md says, by filling a new database of each kind through the server's own
 * store. `npm run sizes -- 100000` makes so many rows of each kind; 20,000 by default.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type OpenStore, openStore } from '../packages/server/src/adapters/store/open-store.ts';
import type { WholeAccount } from '../packages/server/src/import-export/store.ts';
import type { Transaction } from '../packages/server/src/kernel/context.ts';
import type { SessionId } from '../packages/server/src/kernel/ids.ts';
import type { Session } from '../packages/server/src/sessions/session.ts';
import { insertAccount, newAccount, newSession } from '../packages/server/test/support/entities.ts';
import { startCluster } from './postgres.ts';

const count = Number(process.argv[2] ?? 20_000);
const batch = 500;
const now = 1_700_000_000_000;

/** A database that is filled. */
interface Filled {
  readonly store: OpenStore;
  /** Clears away what is dead, and tells the bytes in use. */
  measure(): Promise<number>;
  /** The bytes that were written to the write-ahead log since the database was made, where that is known. */
  written(): Promise<number | undefined>;
}

/** Runs the work for all of the items, in transactions as large as an import's. */
async function inTransactions<T>(
  store: OpenStore,
  items: readonly T[],
  work: (tx: Transaction, some: readonly T[], i: number) => Promise<unknown>,
): Promise<void> {
  for (let i = 0; i < items.length; i += batch)
    await store.transaction((tx) => work(tx, items.slice(i, i + batch), i));
}

function wholeAccount(): WholeAccount {
  const account = newAccount();
  const login = `${account.id}@mail.example.com`;
  return {
    account: { ...account, login, customHdr: {} },
    loginKey: login,
    roles: [],
    password: {
      accountId: account.id,
      hash: `$argon2id$v=19$m=19456,t=2,p=1$${randomBytes(16).toString('base64')}$${randomBytes(32).toString('base64')}`,
      changeTime: now,
    },
    email: {
      accountId: account.id,
      name: account.name,
      email: login,
      language: 'en',
      subscriptions: {},
      verified: true,
      provenEmail: login,
      customHdr: {},
      customDat: {},
    },
  };
}

/** Returns the bytes of one row of each kind. */
async function fill({ store, measure, written }: Filled): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  let before = await measure();
  async function grow(kind: string, work: () => Promise<void>): Promise<void> {
    await work();
    const after = await measure();
    sizes[kind] = Math.round((after - before) / count);
    before = after;
  }

  const accounts = Array.from({ length: count }, wholeAccount);
  await grow('account', () =>
    inTransactions(store, accounts, (tx, some) => tx.importExport.insertWhole(some, now)),
  );
  const owner = newAccount();
  await insertAccount(store, owner);
  const sessions = accounts.map(({ account }, i): Session => newSession(account, { openTime: now + i }));
  await grow('open session', () =>
    inTransactions(store, sessions, async (tx, some) => {
      for (const session of some) await tx.sessions.insert(session);
    }),
  );
  const start = await written();
  await inTransactions(store, sessions, (tx, some, i) =>
    tx.sessions.touch(new Map(some.map(({ id }) => [id, now + 600_000 + i]))),
  );
  const end = await written();
  if (start !== undefined && end !== undefined) sizes['use, written'] = Math.round((end - start) / count);
  await grow('use', async () => {});
  await grow('closed session, more than open', () =>
    inTransactions(store, sessions, (tx, some, i) =>
      tx.sessions.end({ ids: some.map(({ id }) => id) }, now + i, 'signout'),
    ),
  );
  await grow('log entry', () =>
    inTransactions(store, sessions, (tx, some) =>
      tx.log.append(
        some.map(({ id }: { id: SessionId }) => ({
          subject: { session: id },
          action: 'reject',
          reason: 'signout',
        })),
        now / 1000,
        now / 1000 + 420,
      ),
    ),
  );
  const mails = accounts.map(({ account }, i) => ({
    id: randomBytes(16).toString('base64url'),
    kind: 'new-device' as const,
    accountId: account.id,
    createTime: now + i,
    attempts: 1,
    nextTime: now + i,
  }));
  await grow('sent mail', () =>
    inTransactions(store, mails, async (tx, some) => {
      for (const mail of some) await tx.mails.put({ ...mail, status: 'sent', sentTime: now });
    }),
  );
  await grow('waiting mail', () =>
    inTransactions(store, mails, async (tx, some) => {
      for (const mail of some) {
        const sealed = randomBytes(360).toString('base64url');
        await tx.mails.put({ ...mail, id: `${mail.id}-`, status: 'waiting', sealed });
      }
    }),
  );
  return sizes;
}

async function ofSqlite(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-sizes-'));
  const store = await openStore(`sqlite:${join(folder, 'latchkey.db')}`);
  try {
    await store.migrate();
    // What is in use: without free pages and without the write-ahead log, which stays as long as it was.
    const measure = async () => {
      const { bytes, free = 0, log = 0 } = await store.size();
      return bytes - free - log;
    };
    return await fill({ store, measure, written: async () => undefined });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function ofPostgres(): Promise<Record<string, number>> {
  const cluster = await startCluster({ settings: ['fsync=off', 'full_page_writes=off'] });
  try {
    const url = await cluster.createDatabase('sizes');
    const store = await openStore(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await store.migrate();
    const measure = async () => {
      await client.query('vacuum');
      return (await store.size()).bytes;
    };
    const written = async () =>
      Number((await client.query("select pg_current_wal_lsn() - '0/0' as bytes")).rows[0].bytes);
    try {
      return await fill({ store, measure, written });
    } finally {
      await client.end();
      await store.close();
    }
  } finally {
    await cluster.remove();
  }
}

console.log(`Bytes of one row with its indexes, from ${count} of each kind`);
console.table({ SQLite: await ofSqlite(), PostgreSQL: await ofPostgres() });
