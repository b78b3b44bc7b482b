import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { appendEntries } from '../../src/log/append-entries.ts';
import { FeedStreams } from '../../src/log/feed-streams.ts';
import { FollowerRegistry } from '../../src/log/followers/follower-registry.ts';
import { LogHub } from '../../src/log/log-hub.ts';
import { feedPageSize } from '../../src/log/read-feed.ts';
import { onEachStore, type World } from '../support/world.ts';

onEachStore('a stream of the feed that opens while the log grows', (world) => {
  it('gets each entry once, whether it reads it or is handed it', async (t) => {
    const { head, append, open, handOn } = await begin(t, world());
    await append(3);
    const early = await open();
    await handOn();
    await append(2);
    const ahead = await open();
    await append(1);
    await handOn();
    for (const seqs of [early(), ahead()])
      assert.deepEqual(
        seqs,
        [1, 2, 3, 4, 5, 6].map((each) => head + each),
      );
  });

  it('reads page after page before it is handed anything', async (t) => {
    const { head, append, open, handOn } = await begin(t, world());
    await append(feedPageSize + 1);
    // It begins so late that it is ahead of the first part that is handed on.
    const ahead = await open(head + 1);
    await handOn();
    const seqs = await open();
    await append(1);
    await handOn();
    assert.deepEqual(
      seqs(),
      Array.from({ length: feedPageSize + 2 }, (_, i) => head + i + 1),
    );
    assert.deepEqual(ahead(), seqs().slice(1));
  });

  it('says at once that there is nothing to read', async (t) => {
    const { head, openRaw } = await begin(t, world());
    const { text } = openRaw();
    await until(() => text() !== '');
    assert.match(text(), new RegExp(`^event: heartbeat\ndata: {"head":${head},`));
  });

  it('leaves nobody behind who is gone before it is open', async (t) => {
    const { openRaw, followers, streams } = await begin(t, world());
    const { end } = openRaw('gone');
    end();
    assert.equal(streams.size, 0);
    const connected = async () => {
      const all = await followers.list(true);
      return all.filter((each) => each.service === 'gone').map((each) => each.connected);
    };
    await until(async () => (await connected()).length > 0);
    await until(async () => !(await connected()).includes(true));
  });
});

/** The streams of an instance that learns of new entries when it is told to: no timer of it fires. */
async function begin(t: TestContext, w: World) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const ctx = w.app.context;
  const hub = new LogHub(ctx, { onAppend: () => () => {}, repair: async () => {} });
  const followers = new FollowerRegistry(ctx, hub);
  const streams = new FeedStreams(ctx, hub, followers, 200);
  await hub.start();
  await followers.start();
  streams.start();
  t.after(async () => {
    streams.close();
    await followers.close();
    await hub.close();
  });
  const head = await w.head();
  let opened = 0;
  const openRaw = (service = 'orders', after = head) => {
    let written = '';
    const sink = {
      waiting: 0,
      write(more: string) {
        written += more;
      },
      drained: async () => {},
      end: () => {},
    };
    opened += 1;
    const reader = { service, keyHash: '', id: `${service}-${opened}`, staleness: 100, log: undefined };
    return { end: streams.open(() => sink, reader, after), text: () => written };
  };
  return {
    head,
    streams,
    followers,
    openRaw,
    async append(count: number): Promise<void> {
      const entry = { subject: { user: '1' as never }, action: 'refresh', reason: 'roles-changed' } as const;
      await ctx.transaction((tx) =>
        appendEntries(
          ctx,
          tx,
          Array.from({ length: count }, () => entry),
        ),
      );
    },
    /** Opens a stream from a position on, and waits until it has read what is there. Returns what tells its positions. */
    async open(after = head): Promise<() => number[]> {
      const { text } = openRaw('orders', after);
      const seqs = () => [...text().matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));
      const last = await w.head();
      await until(() => seqs().at(-1) === last);
      return seqs;
    },
    /** Has the instance read the log on to its head, and hand it on. */
    async handOn(): Promise<void> {
      const last = await w.head();
      hub.wake();
      await until(() => hub.position === last);
    },
  };
}

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  const latest = performance.now() + 5000;
  while (!(await met())) {
    assert.ok(performance.now() < latest, `never came true: ${met}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
