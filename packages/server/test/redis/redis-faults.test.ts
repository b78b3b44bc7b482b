import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openRedisRelay } from '../../src/adapters/events/redis-relay.ts';
import { endedBy } from '../../src/log/entry.ts';
import type { LogHub } from '../../src/log/log-hub.ts';
import { createRelaySource } from '../../src/log/relay/relay-source.ts';
import { startProxy, type TcpProxy } from '../faults/support/tcp-proxy.ts';
import { openRelayWorld, type RelayWorld } from '../support/relay.ts';

/** The sessions of the events, and that no event came twice. */
async function relayed(w: RelayWorld): Promise<string[]> {
  const events = await w.events();
  assert.equal(new Set(events.map(({ id }) => id)).size, events.length, 'an event came twice');
  return events.map(({ sessionId }) => sessionId!);
}

/** Has the log forget everything. */
function forget(w: RelayWorld): Promise<number> {
  return w.app.context.transaction((tx) => tx.log.prune(Number.MAX_SAFE_INTEGER, 1_000_000));
}

describe('logout events while Redis fails', () => {
  test('memory that is full now and then loses nothing', async () => {
    const w = await openRelayWorld();
    try {
      await w.reader.config('SET', 'maxmemory-policy', 'noeviction');
      const sessions = [];
      for (let i = 0; i < 45; i += 1) sessions.push(await w.start());
      let full = false;
      const turns = setInterval(() => {
        full = !full;
        void w.reader.config('SET', 'maxmemory', full ? '1' : '0');
      }, 3);
      await Promise.all(sessions.map((session) => w.end(session)));
      await delay(2500);
      clearInterval(turns);
      await w.reader.config('SET', 'maxmemory', '0');
      const ended = await w.app.context.read.log.list(0, 1000);
      await w.eventually(ended.flatMap(endedBy));
      assert.deepEqual((await relayed(w)).toSorted(), sessions.toSorted());
    } finally {
      await w.close();
    }
  });

  test('a stream that is something else is refused as a whole, and told once', async () => {
    const w = await openRelayWorld();
    try {
      await w.reader.set('logout', 'taken');
      const ended = [await w.endOne(), await w.endOne()];
      await delay(2500);
      const told = w.lines.filter(({ msg }) => String(msg).startsWith('Redis takes no logout events'));
      assert.equal(told.length, 1);
      assert.match(JSON.stringify(told[0]), /WRONGTYPE/);
      await w.reader.del('logout');
      await w.eventually(ended);
    } finally {
      await w.close();
    }
  });

  for (const kind of ['silent', 'stall'] as const) {
    test(`a connection that swallows what is sent (${kind}) is given up, and nothing is lost`, async () => {
      let proxy: TcpProxy | undefined;
      const w = await openRelayWorld({
        async url(redis) {
          proxy = await startProxy(Number(new URL(redis.url).port));
          return `redis://127.0.0.1:${proxy.port}`;
        },
      });
      try {
        const ended = [await w.endOne()];
        await w.eventually(ended);
        proxy!.set(kind === 'silent' ? { kind } : { kind, direction: 'both' });
        for (let i = 0; i < 5; i += 1) ended.push(await w.endOne());
        await delay(6500);
        assert.ok(w.lines.some(({ msg }) => String(msg).startsWith('Redis takes no logout events')));
        proxy!.set({ kind: 'none' });
        ended.push(await w.endOne());
        await w.eventually(ended);
        assert.deepEqual(await relayed(w), ended);
      } finally {
        await w.close();
        await proxy!.close();
      }
    });
  }

  test('what the log forgets while Redis is away, a server restarts and Redis comes back, follows in order', async () => {
    const w = await openRelayWorld();
    try {
      const ended = [await w.endOne()];
      await w.eventually(ended);
      await w.redis.stop();
      for (let i = 0; i < 5; i += 1) ended.push(await w.endOne());
      assert.ok((await forget(w)) > 0);
      assert.deepEqual(await w.app.context.read.log.list(0, 10), []);
      const second = await w.open();
      ended.push(await w.endOne());
      await w.redis.start();
      await w.eventually(ended);
      assert.deepEqual(await relayed(w), ended);
      await second.close();
      await w.app.close();
      const [position] = await (await w.open()).context.read.relays.list(
        new URL(w.redis.url).href.replace(/\/$/, ''),
      );
      assert.equal(position!.dropped, 0);
    } finally {
      await w.close();
    }
  });

  test('beyond the backlog the oldest are dropped, counted exactly, and the rest follows', async () => {
    const w = await openRelayWorld({ settings: { LATCHKEY_REDIS_BACKLOG: '3' } });
    try {
      const known = [await w.endOne()];
      await w.eventually(known);
      await w.redis.stop();
      const destination = w.redis.url;
      while ((await w.app.context.read.relays.waiting(destination)) > 0) await delay(20);
      const ended: string[] = [];
      for (let i = 0; i < 8; i += 1) ended.push(await w.endOne());
      await forget(w);
      const dropped = await w.app.context.transaction((tx) => tx.relays.drop(destination, 3, 1000));
      assert.deepEqual(dropped, { entries: 5, events: 5 });
      assert.equal(await w.app.context.read.relays.waiting(destination), 3);
      await w.redis.start();
      await w.eventually([...known, ...ended.slice(5)]);
      const [position] = await w.app.context.read.relays.list(destination);
      assert.equal(position!.dropped, 5);
    } finally {
      await w.close();
    }
  });

  test('another log on the same Redis, and a stream that somebody else began, swallow nothing', async () => {
    const w = await openRelayWorld();
    try {
      await w.reader.xadd('logout', '*', 'sessionId', 'somebody', 'reason', 'else');
      await w.reader.hset('{logout}:positions', 'another log', '1000000');
      const ended = [await w.endOne(), await w.endOne()];
      await w.eventually(['somebody', ...ended]);
      // A restored database: the log begins again under another name, and what the old one had to pass on is first.
      await w.redis.stop();
      ended.push(await w.endOne());
      const { head } = await w.app.context.read.log.state();
      await w.app.context.transaction((tx) => tx.log.restart(head + 1000));
      ended.push(await w.endOne());
      await w.redis.start();
      await w.eventually(['somebody', ...ended]);
    } finally {
      await w.close();
    }
  });

  test('a Redis that knows positions the log has not reached takes what comes', async () => {
    const w = await openRelayWorld();
    try {
      const { log } = await w.app.context.read.log.state();
      await w.reader.hset('{logout}:positions', log, '1000000');
      const ended = [await w.endOne(), await w.endOne()];
      await w.eventually(ended);
      assert.ok(w.lines.some(({ msg }) => String(msg).includes('has not reached')));
    } finally {
      await w.close();
    }
  });

  test('a server that begins while another one adds repeats nothing', async () => {
    const w = await openRelayWorld();
    const { context } = w.app;
    const ended = [await w.endOne()];
    await w.eventually(ended);
    const { log, head: position } = await context.read.log.state();
    const real = createRelaySource(context, { log, position } as LogHub, { name: w.redis.url, backlog: 100 });
    let begun = false;
    const source = {
      ...real,
      async head() {
        const head = await real.head();
        if (begun) return head;
        begun = true;
        ended.push(await w.endOne());
        await w.eventually(ended);
        return head;
      },
    };
    const server = { url: w.redis.url };
    const relay = await openRedisRelay({ server, length: 1000 }, source, context.logger);
    try {
      while (!begun) await delay(20);
      ended.push(await w.endOne());
      await w.eventually(ended);
      await delay(1500);
      assert.deepEqual(await relayed(w), ended);
    } finally {
      await relay.close();
      await w.close();
    }
  });

  test('a Redis that has lost everything gets what the database still has, with the same ids', async () => {
    const w = await openRelayWorld();
    try {
      const ended = [await w.endOne(), await w.endOne()];
      await w.eventually(ended);
      const before = await w.events();
      await w.reader.flushall();
      ended.push(await w.endOne());
      await w.eventually(ended);
      assert.deepEqual((await w.events()).slice(0, 2), before);
    } finally {
      await w.close();
    }
  });
});
