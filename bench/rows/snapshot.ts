import { join } from 'node:path';
import type { Row } from '../context.ts';
import { within } from '../figures/figure.ts';
import { LOAD_CORE, startScript } from '../load/pin.ts';
import { addService, runOnStore, startLatchkey } from '../server/latchkey.ts';

const STARTS = 3;

interface Started {
  readonly ready: number;
  readonly entries: number;
  readonly mebibytes: number;
}

/** How long a verifier takes to start while the server's log holds a million ended sessions, and what it holds then. */
export const snapshot: Row = {
  name: 'snapshot',
  oursOnly: true,
  async run({ directory, options }) {
    const count = options.sessions < 100_000 ? 100_000 : 1_000_000;
    const dataDir = join(directory, 'snapshot');
    await (await startLatchkey(dataDir)).stop();
    await runOnStore('server/seed-log.ts', dataDir, { COUNT: String(count) });
    const server = await startLatchkey(dataDir);
    try {
      const serviceKey = addService(server, 'bench');
      const started: Started[] = [];
      for (let n = 0; n < STARTS; n++) {
        const env = { ISSUER: server.url, SERVICE_KEY: serviceKey };
        const child = startScript(LOAD_CORE, 'load/replica-process.ts', env, ['--expose-gc']);
        started.push(await child.message<Started>(150_000));
        await child.stop();
      }
      if (started.some(({ entries }) => entries !== count)) throw new Error('a verifier does not hold all');
      const of = count.toLocaleString('en-US');
      return [
        within(
          `verifier ready with ${of} entries`,
          's',
          started.map(({ ready }) => ready / 1000),
          2,
        ),
        within(
          `heap for ${of} ended sessions`,
          'MiB',
          started.map((each) => each.mebibytes),
          64,
        ),
      ];
    } finally {
      await server.stop();
    }
  },
};
