import { join } from 'node:path';
import { startCluster } from '../../scripts/postgres.ts';
import type { Row } from '../context.ts';
import { against, type Figure } from '../figures/figure.ts';
import { playRounds } from '../figures/rounds.ts';
import { startSeeded } from '../server/latchkey.ts';
import { loadByCookie } from './against-fastify.ts';

const SESSIONS = 20_000;

const routes = [
  { method: 'GET', path: '/api/v1/sessions/current' },
  { method: 'POST', path: '/auth/who-am-i' },
] as const;

/** What asks the store at each request, on PostgreSQL beside the same on SQLite. PostgreSQL may take the other core. */
export const onPostgres: Row = {
  name: 'on-postgres',
  oursOnly: true,
  async run(context) {
    const { directory, options } = context;
    const few = { ...options, sessions: Math.min(SESSIONS, options.sessions) };
    const cluster = await startCluster();
    try {
      const sqlite = await startSeeded(join(directory, 'on-sqlite'), few);
      const postgres = await startSeeded(join(directory, 'on-postgres'), few, {
        LATCHKEY_DATABASE_URL: cluster.url,
      });
      const figures: Figure[] = [];
      for (const route of routes) {
        const { method, path } = route;
        const minBody = Math.floor(JSON.stringify(await sqlite.json(method, path)).length * 0.8);
        const rates = await playRounds(options.rounds, {
          postgres: loadByCookie(context, postgres, route, postgres.cookies, minBody),
          sqlite: loadByCookie(context, sqlite, route, sqlite.cookies, minBody),
        });
        figures.push(against(`${method} ${path}, PostgreSQL`, '/s', rates.postgres, 'SQLite', rates.sqlite!));
      }
      await Promise.all([sqlite.stop(), postgres.stop()]);
      return figures;
    } finally {
      await cluster.remove();
    }
  },
};
