import { explainConnectionFailure } from '../../kernel/connection-failure.ts';
import { mergeRuns } from '../../kernel/merge-runs.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { EndEntry, RelayPosition } from '../../log/relay/store.ts';
import { openEventStream } from './event-stream.ts';
import type { RedisServer } from './redis-connection.ts';

/** The log as the relay to one destination reads it, and where it records how far it has come. */
export interface RelaySource {
  /** The name of the log, and the last position that this process has seen. */
  seen(): { readonly log: string; readonly position: number };
  /** The last position of the log. */
  head(): Promise<number>;
  /** How far the destination has taken each log. */
  positions(): Promise<RelayPosition[]>;
  /** The entries of a log after a position that ended sessions, in order. */
  entries(log: string, after: number, limit: number): Promise<EndEntry[]>;
  /** Says that the destination is in use. */
  register(): Promise<void>;
  advance(log: string, position: number): Promise<void>;
  /** Gives up what is beyond the bound. Returns how many events that were. */
  drop(): Promise<number>;
}

/** Passes every LogoutSessionEvent on to Redis. */
export interface RedisRelay {
  /** Soon passes on what the log has beyond the stream. */
  wake(): void;
  /** For metrics: the last entry that Redis is known to have taken, and how many events were given up, ever. */
  figures(): { readonly position: number; readonly dropped: number };
  close(): Promise<void>;
}

export interface RedisRelayOptions {
  readonly server: RedisServer;
  /** About how many events the stream keeps. */
  readonly length: number;
}

const pageSize = 500;
const second = 1000;
/** How often SQL is told how far Redis has come. What is told late is only kept longer. */
const recordTime = 5 * second;
/** How often the relay says that it is there, and looks whether too much waits. */
const registerTime = 60 * second;
/** How long the last run may hold the stop of the process. */
const closeTime = second;

/** Where the relay stands in a log. */
interface Place {
  readonly log: string;
  /** What Redis has recorded; undefined when it knows nothing of the log. */
  found: number | undefined;
  /** The entry that Redis has taken last. */
  after: number;
}

/**
 * Relays the log's ended sessions to the Redis stream `logout`, one event `{sessionId, reason, id}` each, in the order
 * of the log. SQL keeps an entry until Redis has taken it, so Redis may be away for long; and Redis records how far it
 * has come in the same step as it takes events, so each is in the stream once, whatever fails, and however many servers
 * relay the same log. What a Redis loses by itself is added again, as far as SQL still has it, with the same `id`.
 * Redis decides nothing.
 */
export async function openRedisRelay(
  { server, length }: RedisRelayOptions,
  source: RelaySource,
  log: Logger,
): Promise<RedisRelay> {
  let closed = false;
  let failing = false;
  let place: Place | undefined;
  let taken: { readonly log: string; readonly position: number } | undefined;
  let position = 0;
  let dropped = 0;
  await source.register();

  const stream = openEventStream({ server, length, onReady: wake, onError: fail });
  const timers = [
    setInterval(wake, second).unref(),
    setInterval(() => void tryTo(record), recordTime).unref(),
    setInterval(() => void tryTo(keep), registerTime).unref(),
  ];

  const relay = mergeRuns(async () => {
    if (closed || !stream.isReady) return;
    try {
      await relayNew();
      if (failing) log.info({}, 'Redis takes logout events again');
      failing = false;
    } catch (error) {
      fail(error as Error);
      // The connection may have swallowed a command.
      if (!closed && stream.isReady) stream.reconnect();
    }
  });

  function wake(): void {
    void relay();
  }

  /** Warns once until it works again. */
  function fail(error: Error): void {
    place = undefined;
    void tryTo(record);
    const reason = explainConnectionFailure(error);
    if (!failing) log.warn({ err: error, reason }, 'Redis takes no logout events; they wait in the database');
    failing = true;
  }

  async function relayNew(): Promise<void> {
    const seen = source.seen();
    for (;;) {
      if (place?.log !== seen.log) place = await begin(seen.log);
      if (await relayLog(place)) break;
      place = undefined;
    }
    position = seen.position;
  }

  /** Finds the place in the log of that name, after what earlier logs, from before a restore, had to pass on. */
  async function begin(name: string): Promise<Place> {
    const positions = await source.positions();
    dropped = positions.reduce((sum, one) => sum + one.dropped, 0);
    for (const earlier of positions) {
      if (earlier.log === name) continue;
      let reached: Place;
      do reached = await placeIn(earlier.log, earlier.position, async () => Number.POSITIVE_INFINITY);
      while (!(await relayLog(reached)));
      if (reached.after > earlier.position) await source.advance(reached.log, reached.after);
    }
    const recorded = positions.find((one) => one.log === name)?.position ?? 0;
    return placeIn(name, recorded, source.head);
  }

  /** After what Redis says, unless it has forgotten, or tells of another log of that name. */
  async function placeIn(name: string, recorded: number, findHead: () => Promise<number>): Promise<Place> {
    const found = await stream.positionOf(name);
    // In this order: another server may add meanwhile, and what it has added is in the log before.
    const head = await findHead();
    const after = found === undefined ? 0 : found > head ? recorded : found;
    if (after < recorded) {
      log.warn(
        { recorded, found },
        'Redis has lost logout events; what the database still has is added again',
      );
    } else if (after !== found && found !== undefined) {
      log.warn({ head, found }, 'Redis has taken positions that this log has not reached; the log goes on');
    }
    return { log: name, found, after };
  }

  /** Passes on what comes after the place. Returns false when Redis has recorded another: a server was faster. */
  async function relayLog(place: Place): Promise<boolean> {
    for (;;) {
      const entries = await source.entries(place.log, place.after, pageSize);
      if (entries.length === 0) return true;
      if (!(await stream.add(place.log, place.found, entries))) return false;
      place.after = entries.at(-1)!.seq;
      place.found = place.after;
      if (place.log === source.seen().log) taken = { log: place.log, position: place.after };
    }
  }

  async function record(): Promise<void> {
    const now = taken;
    if (now === undefined) return;
    await source.advance(now.log, now.position);
    if (taken === now) taken = undefined;
  }

  async function keep(): Promise<void> {
    await source.register();
    await record();
    const events = await source.drop();
    if (events === 0) return;
    dropped += events;
    log.error({ events }, 'logout events were dropped: Redis is behind by more than is kept');
  }

  async function tryTo(work: () => Promise<void>): Promise<void> {
    await work().catch((error) => log.warn({ err: error }, 'the relay to Redis cannot use the database'));
  }

  return {
    wake,
    figures: () => ({ position, dropped }),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await Promise.race([relay(), new Promise((resolve) => setTimeout(resolve, closeTime).unref())]);
      closed = true;
      stream.close();
      await tryTo(record);
    },
  };
}
