import { join } from 'node:path';
import { startCluster } from '../../scripts/postgres.ts';
import type { Context, Row } from '../context.ts';
import { against, type Figure } from '../figures.ts';
import { type Server, startLatchkey, startOn } from '../latchkey.ts';
import { httpRequest } from '../load.ts';
import { playRounds, rateOf, type Side } from '../rounds.ts';
import type { SeededLists } from '../seed-lists.ts';

const CONNECTIONS = 16;
const FEW = 1000;

/** What is read, by what the table calls it. */
const lists = {
  'GET /sites': () => '/api/v1/sites',
  'GET /roles/:id': (id: string) => `/api/v1/roles/${id}`,
  'GET /sessions/:user_id': (id: string) => `/api/v1/sessions/${id}`,
} as const;

interface Stocked extends Server, SeededLists {}

async function stocked(
  context: Context,
  name: string,
  accounts: number,
  env: Readonly<Record<string, string>>,
): Promise<Stocked> {
  const folder = join(context.directory, name);
  const seeded = await startOn<SeededLists>('seed-lists.ts', folder, { ...env, ACCOUNTS: String(accounts) });
  return { ...(await startLatchkey(folder, { env })), ...seeded };
}

/** The same reads on a store with many accounts, and on one with few. At most 1.3 × the time is 0.77 × as many. */
export const readLists: Row = {
  name: 'lists',
  async run(context) {
    const { rounds, roundMs, peersOnly, accounts } = context.options;
    if (peersOnly) return [];
    const cluster = await startCluster();
    try {
      const figures: Figure[] = [];
      for (const engine of ['SQLite', 'PostgreSQL'] as const) {
        const on = async (count: number) => {
          const name = `${engine.toLowerCase()}_${count}`;
          const env: Record<string, string> =
            engine === 'SQLite' ? {} : { LATCHKEY_DATABASE_URL: await cluster.createDatabase(name) };
          return stocked(context, name, count, env);
        };
        const few = await on(FEW);
        const many = await on(accounts);
        for (const [figure, pathOf] of Object.entries(lists)) {
          const side =
            ({ pid, port, callers }: Stocked): Side =>
            () =>
              rateOf(pid, () => {
                const requests = callers.map(({ id, cookie }) =>
                  httpRequest('GET', pathOf(id), { Cookie: cookie }),
                );
                const job = { port, requests, connections: CONNECTIONS, durationMs: roundMs, minBody: 30 };
                return context.loader().run(job);
              });
          const rates = await playRounds(rounds, { many: side(many), few: side(few) });
          const peer = `with ${FEW.toLocaleString('en-US')}`;
          const title = `${figure}, ${engine}, ${accounts.toLocaleString('en-US')} accounts`;
          figures.push(against(title, '/s', rates.many, peer, rates.few, 0.77));
        }
        await few.stop();
        await many.stop();
      }
      return figures;
    } finally {
      await cluster.remove();
    }
  },
};
