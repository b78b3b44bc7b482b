import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openContext } from '../../src/app/open-context.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { NewEntry } from '../../src/log/entry.ts';
import { freePort } from '../e2e/support/server-process.ts';
import { openReader } from './support/feed-reader.ts';
import { full } from './support/full.ts';
import { gaugeOf, mebibyte, residentOf, until } from './support/process.ts';
import { prepareRun } from './support/run.ts';

/** Entries of the log: a snapshot of many megabytes. */
const entries = full ? 400_000 : 60_000;
const ofEach = full ? 100 : 25;

it('who asks for much and never reads is cut within 30 s, and costs little memory meanwhile', async (t) => {
  const metrics = Number(await freePort());
  const run = await prepareRun(t, { settings: { LATCHKEY_METRICS_PORT: String(metrics) } });
  await fillLog(run.settings);
  const server = await run.serve();
  const port = Number(run.settings.PORT);
  const sockets: Socket[] = [];
  t.after(() => sockets.map((socket) => socket.destroy()));
  const before = residentOf(server.child.pid!);

  const ask = (at: number, text: string) => {
    const socket = connect(at, '127.0.0.1').on('error', () => {});
    socket.pause().write(text);
    sockets.push(socket);
    return socket;
  };
  const head = (path: string, ...lines: string[]) =>
    `${[`GET ${path} HTTP/1.1`, 'Host: localhost', ...lines].join('\r\n')}\r\n\r\n`;
  const feed = head(
    '/auth/revocations',
    `Authorization: Bearer ${run.serviceKey}`,
    'Accept: text/event-stream',
  );
  for (let i = 0; i < ofEach; i += 1) {
    ask(port, feed);
    // Each answer has 300 KB or so, and a thousand of them are asked for at once.
    ask(port, head('/openapi.json').repeat(1000));
    // One that has said all it has to say.
    ask(port, head('/openapi.json').repeat(100)).end();
  }
  for (let i = 0; i < 5; i += 1) ask(metrics, head('/metrics').repeat(1000));
  const slow = readSlowly(ask(port, feed));
  const begin = performance.now();
  await until(
    async () => (await gaugeOf(metrics, 'latchkey_feed_streams')) > ofEach,
    'all follow the log',
    200,
  );
  const good = openReader(port, run.serviceKey);
  t.after(() => good.close());
  await until(() => good.position === entries, 'a reader that reads has all');
  const grown = residentOf(server.child.pid!) - before;
  const connections = () => gaugeOf(metrics, 'latchkey_http_connections');
  // The good reader, the slow one, and the client that asked whether the server is ready.
  await until(async () => (await connections()) <= 3, 'all are cut', 200);
  const took = performance.now() - begin;
  t.diagnostic(`all cut after ${took.toFixed(0)} ms; ${(grown / mebibyte).toFixed(0)} MiB more meanwhile`);
  assert.ok(took < 30_000, `${took} ms`);
  assert.ok(grown < 300 * mebibyte, `${grown} bytes`);
  assert.equal(await gaugeOf(metrics, 'latchkey_feed_streams'), 2);
  assert.ok(slow.bytes > 0 && !slow.ended, 'a slow reader that reads is not cut');
  assert.equal(good.ended, false);
});

async function fillLog(settings: Readonly<Record<string, string>>): Promise<void> {
  const { context, close } = await openContext(loadConfig(settings, { cwd: process.cwd() }));
  const now = Math.floor(context.clock.now() / 1000);
  for (let done = 0; done < entries; done += 10_000) {
    const some = Array.from({ length: 10_000 }, (): NewEntry => {
      return { subject: { session: context.ids.sessionId() }, action: 'reject', reason: 'signout' };
    });
    await context.transaction((tx) => tx.log.append(some, now, now + 3600));
  }
  await close();
}

/** Reads a little, and waits, again and again. */
function readSlowly(socket: Socket) {
  const seen = { bytes: 0, ended: false };
  socket.on('data', (part) => {
    seen.bytes += part.length;
    socket.pause();
    void sleep(50).then(() => socket.resume());
  });
  socket.on('close', () => {
    seen.ended = true;
  });
  socket.resume();
  return seen;
}
