import { join } from 'node:path';
import { startCluster } from '../../scripts/postgres.ts';
import type { Row } from '../context.ts';
import { atLeast } from '../figures/figure.ts';
import { runOnStore } from '../server/latchkey.ts';

const WANTED = 2000;

/** Sessions closed one by one, 32 in flight, each in a transaction of its own with its entry in the log. */
export const closings: Row = {
  name: 'closings',
  oursOnly: true,
  async run({ directory, options }) {
    const COUNT = options.rounds < 5 ? '2000' : '10000';
    const measure = async (name: string, env: Readonly<Record<string, string>>) => {
      const folder = join(directory, `closings-${name}`);
      const rates = await runOnStore<number[]>('load/closings-process.ts', folder, { COUNT, ...env });
      return atLeast(`closings, ${name}`, '/s', rates, WANTED);
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
