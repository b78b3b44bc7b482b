import { Kysely } from 'kysely';
import type { Readers } from '../../../kernel/context.ts';
import type { Database, Tables } from '../sql/database.ts';
import { sqlStores } from '../sql/stores.ts';
import { postgresDialect } from './driver.ts';
import { lookUpTogether } from './look-up.ts';
import type { SessionPool } from './pool.ts';

/**
 * What a statement is for. Each lane has connections of its own, so that no statement waits for those of another lane:
 * `heartbeats` what must never wait, because verifiers and readiness depend on it; `feed` what is read of the log;
 * `checks` look-ups, each a step into an index; `writes` transactions, which may wait for locks and for the disk;
 * `lists` what may look at many rows.
 */
const lanes = ['heartbeats', 'feed', 'checks', 'writes', 'lists'] as const;
export type Lane = (typeof lanes)[number];

/** With fewer connections than this, all lanes share them. */
export const fewest = lanes.length;

/** The pools of one database. Where there are too few connections for lanes, all of them are one pool. */
export interface Lanes {
  readonly pools: Readonly<Record<Lane, SessionPool>>;
  /** Waits for what is under way, and closes all connections. */
  close(): Promise<void>;
}

/** Makes a pool for each lane, of `total` connections together. */
export function openLanes(total: number, createPool: (max: number) => SessionPool): Lanes {
  const pools = total < fewest ? shared(createPool(total)) : apart(shareOut(total), createPool);
  const all = [...new Set(Object.values(pools).map(({ pool }) => pool))];
  return { pools, close: async () => void (await Promise.all(all.map((pool) => pool.end()))) };
}

/** How many connections each lane gets of a total, which is at least `fewest`. */
export function shareOut(total: number): Readonly<Record<Lane, number>> {
  const fifth = Math.floor(total / 5);
  const rest = total - 1 - 2 * fifth;
  return {
    heartbeats: 1,
    feed: fifth,
    checks: Math.floor(rest / 2),
    writes: Math.ceil(rest / 2),
    lists: fifth,
  };
}

function shared(pool: SessionPool): Record<Lane, SessionPool> {
  return { heartbeats: pool, feed: pool, checks: pool, writes: pool, lists: pool };
}

function apart(
  sizes: Readonly<Record<Lane, number>>,
  createPool: (max: number) => SessionPool,
): Record<Lane, SessionPool> {
  const of = (lane: Lane) => createPool(sizes[lane]);
  return {
    heartbeats: of('heartbeats'),
    feed: of('feed'),
    checks: of('checks'),
    writes: of('writes'),
    lists: of('lists'),
  };
}

/** Reads what is committed, each thing in its lane: a look-up unless it is said here to be something else. */
export function readersOf({ pools }: Lanes): Readers {
  const readIn = (lane: Lane): Readers => sqlStores(databaseIn(pools[lane]));
  const [heartbeats, feed, checks, lists] = [
    readIn('heartbeats'),
    readIn('feed'),
    readIn('checks'),
    readIn('lists'),
  ];
  return {
    ...checks,
    services: heartbeats.services,
    secrets: heartbeats.secrets,
    followers: feed.followers,
    relays: feed.relays,
    log: { ...feed.log, state: heartbeats.log.state, actionsAbout: checks.log.actionsAbout },
    accounts: { ...checks.accounts, list: lists.accounts.list },
    roles: { ...checks.roles, list: lists.roles.list, listHolders: lists.roles.listHolders },
    sessions: {
      ...checks.sessions,
      list: lists.sessions.list,
      listLiveIds: lists.sessions.listLiveIds,
      countExpired: lists.sessions.countExpired,
    },
    sites: { ...checks.sites, list: lists.sites.list, listUsers: lists.sites.listUsers },
    invitations: { ...checks.invitations, list: lists.invitations.list },
    settings: { ...checks.settings, list: lists.settings.list },
    mails: lists.mails,
    importExport: lists.importExport,
  };
}

/** A database on which statements run outside transactions. */
export function databaseIn(pool: SessionPool): Database {
  return {
    kysely: kyselyOn(pool),
    engine: 'postgres',
    prepare: (name, query) => lookUpTogether(pool, name, query),
  };
}

/** Kysely on the connections of a pool. */
export function kyselyOn(pool: SessionPool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: postgresDialect(pool) });
}
