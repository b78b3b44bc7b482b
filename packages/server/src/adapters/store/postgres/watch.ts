import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { sleepWithJitter } from '../sleep-with-jitter.ts';
import { logChannel } from '../sql/append.ts';
import { explain } from './explain.ts';
import type { Connector } from './pool.ts';
import { isDirect } from './session.ts';

/**
 * How often the head is also read, for a connection that died silently; and how often where no notification comes, so
 * that what ends is told within the bound of a second all the same. Milliseconds.
 */
const [interval, deafInterval] = [500, 200];
/** After which a listening connection that could not be had is tried again. Milliseconds. */
const retryAfter = 30_000;
const probeTimeout = 1000;

/** How commits of other processes are heard. */
export interface LogSource {
  readonly main: Connector;
  /** Leads to PostgreSQL itself, where `main` leads to a pooler. */
  readonly listening?: Connector;
  /** Sends a notification over the main connections. */
  notify(channel: string): Promise<void>;
}

type Heard = (notification: pg.Notification) => void;

const late = 'Closed sessions reach services of other instances some 0.2 s later than they could: ';

/** A connection over which the head can be read, and on which notifications come unless it is `deaf`: why. */
interface Listener {
  readonly client: pg.Client;
  readonly deaf?: string;
}

/**
 * Calls `emit` with the log's head, and the position that followers are asked to confirm, after commits of any process.
 * Uses a connection of its own. Calls `warn` with a sentence when no notifications come. Returns what stops it.
 */
export function watchHead(
  source: LogSource,
  emit: (head: number, asked?: number) => void,
  warn: (sentence: string) => void,
): () => void {
  let stopped = false;
  let client: pg.Client | undefined;
  let warned: string | undefined;

  async function follow() {
    const listener = await openListener(source, ({ payload = '' }) => {
      const [head, asked] = payload.split(' ').map(Number);
      emit(head!, asked);
    });
    client = listener.client;
    const { deaf } = listener;
    if (deaf !== undefined && deaf !== warned) warn(deaf);
    warned = deaf;
    const again = deaf !== undefined && source.listening !== undefined;
    const until = again ? performance.now() + retryAfter : Number.POSITIVE_INFINITY;
    while (!stopped && performance.now() < until) {
      const { rows } = await client.query<{ head: number; asked: number }>(
        'select head, asked from log_head',
      );
      emit(rows[0]!.head, rows[0]!.asked);
      await sleepWithJitter(deaf === undefined ? interval : deafInterval);
    }
  }

  async function run() {
    while (!stopped) {
      await follow().catch(() => {}); // The store's own queries say why; here it is tried again.
      void client?.end().catch(() => {});
      if (!stopped) await sleepWithJitter(200);
    }
  }

  void run();
  return () => {
    stopped = true;
    void client?.end().catch(() => {});
  };
}

/** Why no notifications come, in a sentence; undefined when they do. */
export async function whyDeaf(source: LogSource): Promise<string | undefined> {
  const { client, deaf } = await openListener(source, () => {});
  await client.end().catch(() => {});
  return deaf;
}

async function openListener(source: LogSource, heard: Heard): Promise<Listener> {
  const { main, listening } = source;
  try {
    return await listenOn(await (listening ?? main).connect(), source, heard);
  } catch (error) {
    if (listening === undefined) throw error;
    const reason = explain(error) ?? (error as Error).message;
    return {
      client: await main.connect(),
      deaf: `${late}LATCHKEY_DATABASE_LISTEN_URL does not work: ${reason}`,
    };
  }
}

/** The connection is ended where it is of no use. */
async function listenOn(client: pg.Client, source: LogSource, heard: Heard): Promise<Listener> {
  const { main, listening, notify } = source;
  try {
    // Behind a pooler LISTEN may stay with a connection of others, so it is used only where that was asked for.
    if (listening === undefined && !isDirect(client))
      return {
        client,
        deaf: `${late}the database is reached through a pooler. Set LATCHKEY_DATABASE_LISTEN_URL to a URL that leads to PostgreSQL itself.`,
      };
    if (await listen(client, notify, heard)) return { client };
    if (listening === undefined)
      return { client, deaf: `${late}what stands before the database passes no notifications on.` };
  } catch (error) {
    void client.end().catch(() => {});
    throw error;
  }
  void client.end().catch(() => {});
  return {
    client: await main.connect(),
    deaf: `${late}no notification comes over LATCHKEY_DATABASE_LISTEN_URL. It must lead to the same database, and not to a pooler in transaction mode.`,
  };
}

/** Listens, and tries whether a notification comes: some poolers accept LISTEN and pass nothing on. */
async function listen(client: pg.Client, notify: LogSource['notify'], heard: Heard): Promise<boolean> {
  const probe = `latchkey_probe_${randomBytes(8).toString('hex')}`;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  client.on('notification', (notification) => {
    if (notification.channel === probe) resolve(true);
    if (notification.channel === logChannel) heard(notification);
  });
  await client.query(`listen ${logChannel}; listen ${probe}`);
  await notify(probe);
  const timer = setTimeout(() => resolve(false), probeTimeout);
  const works = await promise;
  clearTimeout(timer);
  await client.query(works ? `unlisten ${probe}` : 'unlisten *');
  return works;
}
