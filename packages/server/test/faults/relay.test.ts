import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { openContext } from '../../src/app/open-context.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { Context } from '../../src/kernel/context.ts';
import { freePort, type ServerProcess, startServer } from '../e2e/support/server-process.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import type { Engine } from '../support/stores.ts';
import { assertKept } from './support/checker.ts';
import { full } from './support/full.ts';
import { allOf, now } from './support/history.ts';
import { end, plainClosingOf, signUp } from './support/people.ts';
import { prepareRun, type Run } from './support/run.ts';
import type { Held } from './support/server-checks.ts';
import { startProxy, type TcpProxy } from './support/tcp-proxy.ts';

const rounds = full ? 20 : 1;
/** An account may have 50 sessions. */
const sessionsOfEach = 40;
const people = full ? 10 : 6;
const workers = 8;

interface Stage {
  readonly run: Run;
  readonly redis: TestRedis;
  /** A connection to it that no fault concerns. */
  readonly reader: Redis;
  readonly proxy: TcpProxy;
  servers: ServerProcess[];
  serve(): Promise<void>;
  /** Does something to the database as a process of its own would. */
  change(work: (context: Context) => Promise<unknown>): Promise<void>;
}

/** Makes Redis, the way to it, or the servers fail while sessions end, and well again. */
type Fault = (stage: Stage, load: () => Promise<void>) => Promise<void>;

const faults: Readonly<Record<string, Fault>> = {
  async 'memory that is full now and then'({ reader }, load) {
    let isFull = false;
    const turns = setInterval(() => {
      isFull = !isFull;
      void reader.config('SET', 'maxmemory', isFull ? '1' : '0');
    }, 3);
    try {
      await load();
    } finally {
      clearInterval(turns);
      await reader.config('SET', 'maxmemory', '0');
    }
  },

  async 'connections that swallow what is sent'({ proxy }, load) {
    proxy.set({ kind: 'silent' });
    await load();
    await sleep(6500);
    proxy.set({ kind: 'none' });
  },

  async 'a Redis that is away for longer than the log remembers, and servers that are killed meanwhile'(
    stage,
    load,
  ) {
    await stage.redis.stop();
    await load();
    await stage.change((context) => forgetAll(context));
    await Promise.all(stage.servers.map((server) => server.end('SIGKILL')));
    await stage.redis.start();
    await stage.serve();
  },

  async 'another log on the same Redis'(stage, load) {
    await stage.redis.stop();
    await load();
    await Promise.all(stage.servers.map((server) => server.end('SIGKILL')));
    await stage.change(async (context) => {
      const { head, log } = await context.read.log.state();
      await context.transaction(async (tx) => {
        await tx.log.restart(head + 1000, [log], 0);
        await tx.log.countClosed(0, true);
      });
    });
    await stage.redis.start();
    await stage.serve();
  },

  async 'servers that are killed while they relay'(stage, load) {
    const done = load();
    await sleep(100);
    await Promise.all(stage.servers.map((server) => server.end('SIGKILL')));
    await stage.serve();
    await done;
  },
};

describe('every end is in the stream once and in order, whatever fails', { concurrency: 2 }, () => {
  // In short the others are in `redis/redis-faults.test.ts`.
  const names = full
    ? Object.keys(faults)
    : Object.keys(faults).filter((name) => /memory|killed while/.test(name));
  for (const engine of full ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)) {
    for (const name of names) it(`${name}, on ${engine}`, (t) => relayThrough(t, name, engine));
  }
});

async function relayThrough(t: TestContext, name: string, engine: Engine): Promise<void> {
  const stage = await prepareStage(t, engine);
  const { run, reader } = stage;
  const { history, record } = run;
  await stage.serve();
  for (let round = 0; round < rounds; round += 1) {
    const ends = await openSessions(stage);
    const third = Math.ceil(ends.length / 3);
    await endAll(stage, ends.splice(0, third));
    await faults[name]!(stage, () => endAll(stage, ends.splice(0, third)));
    await endAll(stage, ends);
    record({ what: 'stream', at: now(), events: await atRest(reader, countDone(run)) });
  }
  // Nothing is added again later.
  await sleep(2500);
  record({ what: 'stream', at: now(), events: await eventsOf(reader) });

  // What servers that were killed had been asked is lost; the log is looked at by other tests.
  assertKept(history, { without: ['endsWhenReached'] });
  const done = countDone(run);
  t.diagnostic(`${rounds} rounds, ${done} ends answered`);
  assert.ok(done > (rounds * people * sessionsOfEach) / 2);
}

async function prepareStage(t: TestContext, engine: Engine): Promise<Stage> {
  const redis = await startRedis();
  t.after(() => redis.close());
  const proxy = await startProxy(Number(new URL(redis.url).port));
  t.after(() => proxy.close());
  const reader = new Redis(redis.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  reader.on('error', () => {});
  t.after(() => reader.disconnect());
  const relay = { LATCHKEY_REDIS_URL: `redis://127.0.0.1:${proxy.port}` };
  const run = await prepareRun(t, {
    engine,
    settings: { ...relay, LATCHKEY_REDIS_STREAM_LENGTH: '1000000' },
  });
  const second = { ...run.settings, PORT: await freePort(), LATCHKEY_PUBLIC_URL: run.issuer };
  const stage: Stage = {
    run,
    redis,
    reader,
    proxy,
    servers: [],
    async serve() {
      const other = await startServer(second, { entry: 'cheap' });
      t.after(() => other.end('SIGKILL'));
      stage.servers = [await run.serve(), other];
    },
    async change(work) {
      const opened = await openContext(loadConfig(run.settings, { cwd: run.settings.LATCHKEY_DATA_DIR! }));
      await work(opened.context).finally(() => opened.close());
    },
  };
  return stage;
}

interface Ending {
  readonly closed: Held;
  readonly by: Held;
  readonly userId: string;
}

async function openSessions({ servers }: Stage): Promise<Ending[]> {
  const opened: Ending[] = [];
  await inTurns(Array.from({ length: people }), async () => {
    const { person, session } = await signUp(servers[0]!.client);
    const by = heldBy(session);
    for (let i = 1; i < sessionsOfEach; i += 1) {
      opened.push({ closed: heldBy(await person.signIn()), by, userId: person.userId });
    }
  });
  return opened;
}

function heldBy({ id, credential }: { readonly id: string; readonly credential: string }): Held {
  return { session: id, token: `${id}/-`, jwt: '', credential };
}

/** Ends the sessions, half of them by each server, by several workers at once. */
function endAll(stage: Stage, endings: readonly Ending[]): Promise<void> {
  const { servers, run } = stage;
  let count = 0;
  return inTurns(endings, async ({ closed, by, userId }) => {
    count += 1;
    await end(servers[count % servers.length]!.client, plainClosingOf(closed, by, userId), run.record);
  });
}

async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    while (waiting.length > 0) await act(waiting.pop()!);
  };
  await Promise.all(Array.from({ length: workers }, work));
}

function countDone({ history }: Run): number {
  return allOf(history, 'end').filter(({ answer }) => answer === 'done').length;
}

/** Waits until the stream has as many events, for half a minute. */
async function atRest(reader: Redis, count: number) {
  for (const latest = now() + 30_000; now() < latest; await sleep(100)) {
    if ((await reader.xlen('logout')) >= count) break;
  }
  return eventsOf(reader);
}

async function eventsOf(reader: Redis): Promise<{ id: string; session: string }[]> {
  const found = await reader.xrange('logout', '-', '+');
  return found.map(([, fields]) => {
    const event = Object.fromEntries(fields.flatMap((field, i) => (i % 2 ? [] : [[field, fields[i + 1]!]])));
    return { id: event.id!, session: event.sessionId! };
  });
}

async function forgetAll(context: Context): Promise<void> {
  await context.transaction((tx) => tx.log.prune(Number.MAX_SAFE_INTEGER, 1_000_000));
}
