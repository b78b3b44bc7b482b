import { join } from 'node:path';
import { type Cluster, startCluster } from '../../scripts/postgres.ts';
import type { Context, Row } from '../context.ts';
import { against, type Figure } from '../figures/figure.ts';
import { playRounds, type Side } from '../figures/rounds.ts';
import { httpRequest } from '../load/loader.ts';
import { runOnStore, type Server, startLatchkey } from '../server/latchkey.ts';
import type { SeededLists } from '../server/seed-lists.ts';

const CONNECTIONS = 16;
const FEW = 1000;
/** At most 1.3 × the time is 0.77 × as many. */
const WANTED = 0.77;

/** What is read, by what the table calls it. */
const lists = {
  'GET /sites': () => '/api/v1/sites',
  'GET /roles/:id': (id: string) => `/api/v1/roles/${id}`,
  'GET /sessions/:user_id': (id: string) => `/api/v1/sessions/${id}`,
} as const;

interface Stocked extends Server, SeededLists {}

/** Reads lists on a store with many accounts, and the same lists on one with few. */
export const readLists: Row = {
  name: 'lists',
  oursOnly: true,
  async run(context) {
    const cluster = await startCluster();
    try {
      const figures: Figure[] = [];
      for (const engine of ['SQLite', 'PostgreSQL'] as const) {
        const few = await startStocked(context, cluster, engine, FEW);
        const many = await startStocked(context, cluster, engine, context.options.accounts);
        figures.push(...(await compareReads(context, engine, few, many)));
        await few.stop();
        await many.stop();
      }
      return figures;
    } finally {
      await cluster.remove();
    }
  },
};

/** Starts a server on a new store with this many accounts. */
async function startStocked(
  context: Context,
  cluster: Cluster,
  engine: 'SQLite' | 'PostgreSQL',
  accounts: number,
): Promise<Stocked> {
  const name = `${engine.toLowerCase()}_${accounts}`;
  const folder = join(context.directory, name);
  const env: Record<string, string> =
    engine === 'SQLite' ? {} : { LATCHKEY_DATABASE_URL: await cluster.createDatabase(name) };
  const seed = { ...env, ACCOUNTS: String(accounts) };
  const seeded = await runOnStore<SeededLists>('server/seed-lists.ts', folder, seed);
  return { ...(await startLatchkey(folder, { env })), ...seeded };
}

async function compareReads(
  context: Context,
  engine: string,
  few: Stocked,
  many: Stocked,
): Promise<Figure[]> {
  const { rounds, roundMs: durationMs, accounts } = context.options;
  const figures: Figure[] = [];
  for (const [figure, pathOf] of Object.entries(lists)) {
    const read = ({ pid, port, callers }: Stocked): Side => {
      const requests = callers.map(({ id, cookie }) => httpRequest('GET', pathOf(id), { Cookie: cookie }));
      return context.load(pid, () => ({ port, requests, connections: CONNECTIONS, durationMs, minBody: 30 }));
    };
    const rates = await playRounds(rounds, { many: read(many), few: read(few) });
    const peer = `with ${FEW.toLocaleString('en-US')}`;
    const title = `${figure}, ${engine}, ${accounts.toLocaleString('en-US')} accounts`;
    figures.push(against(title, '/s', rates.many, peer, rates.few!, WANTED));
  }
  return figures;
}
