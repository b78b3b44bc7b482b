import { join } from 'node:path';
import type { Row } from '../context.ts';
import { within } from '../figures.ts';
import { addService, startLatchkey } from '../latchkey.ts';
import { LOAD_CORE, SERVER_CORE, startPinned } from '../pin.ts';

const STARTS = 3;

interface Started {
  readonly ready: number;
  readonly entries: number;
  readonly mebibytes: number;
}

/** A verifier that starts while the real server's log holds a million ended sessions, and what it holds then. */
export const snapshot: Row = {
  name: 'snapshot',
  async run({ directory, options }) {
    if (options.peersOnly) return [];
    const count = options.sessions < 100_000 ? 100_000 : 1_000_000;
    const dataDir = join(directory, 'snapshot');
    await (await startLatchkey(dataDir)).stop();
    const filler = startPinned(SERVER_CORE, [join(import.meta.dirname, '../log-process.ts')], {
      LATCHKEY_DATA_DIR: dataDir,
      COUNT: String(count),
    });
    await filler.message(300_000);
    await filler.stop();
    const server = await startLatchkey(dataDir);
    try {
      const serviceKey = addService(server, 'bench');
      const started: Started[] = [];
      for (let n = 0; n < STARTS; n++) {
        const args = ['--expose-gc', join(import.meta.dirname, '../replica-process.ts')];
        const child = startPinned(LOAD_CORE, args, { ISSUER: server.url, SERVICE_KEY: serviceKey });
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
