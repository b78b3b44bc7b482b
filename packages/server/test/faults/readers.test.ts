import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { freePort } from '../e2e/support/server-process.ts';
import type { Client } from '../support/client.ts';
import { type FeedReader, openReader } from './support/feed-reader.ts';
import { full } from './support/full.ts';
import { now } from './support/history.ts';
import { type Session, signUp } from './support/people.ts';
import { gaugeOf, mebibyte, residentOf, until } from './support/process.ts';
import { prepareRun } from './support/run.ts';

const count = full ? 1000 : 150;
/** As many as it takes until the kernel and the server together keep no more for one connection. */
const floods = 40;
const inOneFlood = 2500;

it('one reader that does not read is cut and resumes, and others do not notice', async (t) => {
  const metrics = await freePort();
  const run = await prepareRun(t, {
    settings: { LATCHKEY_METRICS_PORT: metrics, LATCHKEY_FEED_STREAMS: '1001' },
  });
  const server = await run.serve();
  const { client } = server;
  const port = Number(run.settings.PORT);
  const admin = await run.makeAdmin(server);
  const crowd = await Promise.all(Array.from({ length: floods }, () => signUp(client)));
  openManySessions(run.databaseUrl, crowd);

  const readers = Array.from({ length: count }, () => openReader(port, run.serviceKey));
  t.after(() => readers.map((reader) => reader.close()));
  await until(() => readers.every(({ position }) => position >= 0), 'every reader has its snapshot');
  const slow = openReader(port, run.serviceKey);
  t.after(() => slow.close());
  await until(() => slow.position >= 0, 'the slow reader has its snapshot');
  slow.pause();
  const streams = () => gaugeOf(Number(metrics), 'latchkey_feed_streams');
  assert.equal(await streams(), count + 1);

  const resident = () => residentOf(server.child.pid!);
  const before = resident();
  let peak = before;
  const lags: number[] = [];
  let head = 0;
  let afterCut = 0;
  for (const { person } of crowd) {
    const closed = await closeAll(client, person.userId, admin);
    head += closed;
    const answered = now();
    await until(() => readers.every(({ position }) => position >= head), 'every reader has read all');
    lags.push(...lagsOf(readers, head, answered));
    peak = Math.max(peak, resident());
    if ((await streams()) === count) afterCut += 1;
    if (afterCut === 3) break;
  }
  lags.sort((a, b) => a - b);
  const at = (share: number) => lags[Math.floor((lags.length - 1) * share)]!.toFixed(0);
  const grown = ((peak - before) / mebibyte).toFixed(0);
  t.diagnostic(
    `${count} readers, ${head} entries: behind by ${at(0.5)} ms in the middle, ${at(1)} ms at most; ${grown} MiB more`,
  );
  assert.equal(head % (inOneFlood + 1), 0);
  assert.deepEqual(new Set(readers.map(({ gaps }) => gaps)), new Set([0]));
  assert.ok(readers.every(({ ended }) => !ended));
  assert.equal(afterCut, 3, 'the slow reader was cut');
  assert.ok(peak - before < 400 * mebibyte, `${grown} MiB more`);

  slow.resume();
  await until(() => slow.ended, 'the slow reader learns that it was cut');
  assert.ok(slow.position > 0 && slow.position < head, `${slow.position}`);
  const again = openReader(port, run.serviceKey, slow.position);
  t.after(() => again.close());
  await until(() => again.position === head, 'the slow reader has caught up');
  assert.deepEqual([slow.gaps, again.gaps], [0, 0]);
});

/** Many sessions of each person, put into the database past the service: signing in so often takes too long. */
function openManySessions(url: string, people: Awaited<ReturnType<typeof signUp>>[]): void {
  const database = new DatabaseSync(url.slice('sqlite:'.length), { timeout: 5000 });
  const columns =
    'account_id, open_time, request_time, expire_time, address, client, platform, auth_time, amr, data';
  const insert = database.prepare(
    `insert into sessions (id, ${columns}) select ?, ${columns} from sessions where id = ?`,
  );
  database.exec('begin immediate');
  for (const { session } of people) {
    for (let i = 0; i < inOneFlood; i += 1) insert.run(randomBytes(16).toString('base64url'), session.id);
  }
  database.exec('commit');
  database.close();
}

async function closeAll(client: Client, userId: string, admin: Session): Promise<number> {
  const headers = { 'x-session-id': admin.credential };
  const answer = await client.call({ method: 'DELETE', path: `/api/v1/sessions/${userId}`, headers });
  assert.equal(answer.status, 200, answer.text);
  return Number(answer.json.closed);
}

function lagsOf(readers: readonly FeedReader[], head: number, since: number): number[] {
  return readers.map((reader) => Math.max(0, reader.reachedAt(head)! - since));
}
