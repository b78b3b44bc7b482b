import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../support/client.ts';
import { full } from './support/full.ts';
import { signUp } from './support/people.ts';
import { mebibyte, residentOf } from './support/process.ts';
import { prepareRun } from './support/run.ts';

const count = full ? 10_000 : 2000;
const requests = full ? 3000 : 600;

/** What each of three kinds of bad clients sends at first, and then again and again. */
const kinds = [
  { first: 'GET /api/v1/sessions/current HTTP/1.1\r\nhost: localhost\r\n', again: 'x: y\r\n' },
  {
    first:
      'POST /api/v1/signin HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n',
    again: ' ',
  },
  { first: 'GET /openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(50), again: '' },
];

it('thousands of slow senders and readers neither slow good requests down nor cost memory for good', async (t) => {
  const run = await prepareRun(t);
  const server = await run.serve();
  const port = Number(run.settings.PORT);
  const { session } = await signUp(server.client);
  const resident = () => residentOf(server.child.pid!);
  const good = () => measure(port, session.credential);
  await good();
  const [quiet, before] = [await good(), resident()];

  const crowd: Socket[] = [];
  t.after(() => crowd.map((socket) => socket.destroy()));
  for (let i = 0; i < count; i += 1) {
    const { first, again } = kinds[i % kinds.length]!;
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.pause().write(first);
    if (again !== '') void trickle(socket, again);
    crowd.push(socket);
    if (i % 100 === 99) await sleep(20);
  }
  const flooded = await good();
  const peak = resident();
  for (const socket of crowd) socket.destroy();
  await good();
  const after = resident();
  const mib = (bytes: number) => `${(bytes / mebibyte).toFixed(0)} MiB`;
  t.diagnostic(
    `p99 ${quiet.toFixed(1)} ms when quiet, ${flooded.toFixed(1)} ms beside ${count} bad clients; memory ${mib(before)}, ${mib(peak)}, ${mib(after)} after`,
  );
  // What they cost themselves is in it, and this process is one of those that share the machine.
  assert.ok(flooded < 3 * quiet + 50, `${quiet} ms, then ${flooded} ms`);
  assert.ok(peak - before < count * 0.1 * mebibyte, `${mib(peak - before)} more`);
});

async function trickle(socket: Socket, text: string): Promise<void> {
  while (!socket.destroyed) {
    await sleep(1000);
    socket.write(text);
  }
}

/** The time within which 99 of 100 good requests are answered, milliseconds. */
async function measure(port: number, credential: string): Promise<number> {
  const client = createClient(port);
  const times: number[] = [];
  const one = async () => {
    for (let i = 0; i < requests / 4; i += 1) {
      const begin = performance.now();
      const headers = { 'x-session-id': credential };
      const { status } = await client.call({ method: 'GET', path: '/api/v1/sessions/current', headers });
      assert.equal(status, 200);
      times.push(performance.now() - begin);
    }
  };
  await Promise.all([one(), one(), one(), one()]);
  client.close();
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)]!;
}
