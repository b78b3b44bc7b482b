import type pg from 'pg';
import { sleepWithJitter } from '../sleep-with-jitter.ts';
import { logChannel } from '../sql/log.ts';
import { createClient } from './pool.ts';

/**
 * How often the head is also read, for a connection that died silently and a proxy that does not pass on notifications.
 * Milliseconds.
 */
const interval = 500;

/**
 * Calls `emit` with the log's head, and the position that followers are asked to confirm, after commits of any process.
 * Uses a connection of its own. Returns what stops it.
 */
export function watchHead(url: string, emit: (head: number, asked?: number) => void): () => void {
  let stopped = false;
  let client: pg.Client | undefined;

  async function follow() {
    client = createClient(url);
    client.on('notification', ({ payload = '' }) => {
      const [head, asked] = payload.split(' ').map(Number);
      emit(head!, asked);
    });
    await client.connect();
    await client.query(`listen ${logChannel}`);
    while (!stopped) {
      const { rows } = await client.query<{ head: number; asked: number }>(
        'select head, asked from log_head',
      );
      emit(rows[0]!.head, rows[0]!.asked);
      await sleepWithJitter(interval);
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
