import { join } from 'node:path';
import { startCluster } from '../../scripts/postgres.ts';
import type { Row } from '../context.ts';
import { atLeast } from '../figures.ts';
import { SERVER_CORE, startPinned } from '../pin.ts';

const WANTED = 2000;

/** Sessions closed one by one, 32 in flight, each in a transaction of its own with its entry in the log. */
export const closings: Row = {
  name: 'closings',
  async run({ directory, options }) {
    if (options.peersOnly) return [];
    const measure = async (name: string, env: Readonly<Record<string, string>>) => {
      const script = join(import.meta.dirname, '../closings-process.ts');
      const COUNT = options.rounds < 5 ? '2000' : '10000';
      const child = startPinned(SERVER_CORE, [script], {
        LATCHKEY_DATA_DIR: join(directory, `closings-${name}`),
        LATCHKEY_HASH_THREADS: '1',
        COUNT,
        ...env,
      });
      try {
        return atLeast(`closings, ${name}`, '/s', await child.message<number[]>(300_000), WANTED);
      } finally {
        await child.stop();
      }
    };
    const sqlite = await measure('SQLite', {});
    const cluster = await startCluster();
    try {
      return [sqlite, await measure('PostgreSQL', { LATCHKEY_DATABASE_URL: cluster.url })];
    } finally {
      await cluster.remove();
    }
  },
};
