import { join } from 'node:path';
import type { Row } from '../context.ts';
import { within } from '../figures/figure.ts';
import { startLatchkey } from '../server/latchkey.ts';

const STARTS = 5;

/** From the spawn to the first 200 of /health/ready, each time with an empty data folder. */
export const start: Row = {
  name: 'start',
  oursOnly: true,
  async run({ directory }) {
    const seconds: number[] = [];
    for (let n = 0; n < STARTS; n++) {
      const from = performance.now();
      const server = await startLatchkey(join(directory, `empty-${n}`));
      seconds.push((performance.now() - from) / 1000);
      await server.stop();
    }
    return [within('start to ready, empty SQLite', 's', seconds, 1)];
  },
};
