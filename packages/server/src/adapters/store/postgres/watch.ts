import type pg from 'pg';
import { pause } from '../pause.ts';
import { logChannel } from '../sql/log.ts';
import { createClient } from './pool.ts';

/**
 * How often the head is read besides. It finds a connection that died silently, and a proxy that does not pass on
 * notifications. Milliseconds.
 */
const interval = 500;

/** Tells the log's head, and what is asked of verifiers, whenever any process has committed either, over one connection of its own. Returns what stops it. */
export function watchHead(url: string, moved: (head: number, asked?: number) => void): () => void {
  let stopped = false;
  let client: pg.Client | undefined;

  async function follow() {
    client = createClient(url);
    client.on('notification', ({ payload = '' }) => {
      const [head, asked] = payload.split(' ').map(Number);
      moved(head!, asked);
    });
    await client.connect();
    await client.query(`listen ${logChannel}`);
    while (!stopped) {
      const { rows } = await client.query<{ head: number; asked: number }>(
        'select head, asked from log_head',
      );
      moved(rows[0]!.head, rows[0]!.asked);
      await pause(interval);
    }
  }

  async function run() {
    while (!stopped) {
      await follow().catch(() => {}); // The store's own queries tell why; here it is tried again.
      void client?.end().catch(() => {});
      if (!stopped) await pause(200);
    }
  }

  void run();
  return () => {
    stopped = true;
    void client?.end().catch(() => {});
  };
}
