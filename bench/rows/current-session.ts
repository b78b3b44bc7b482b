import { join } from 'node:path';
import type { Row } from '../context.ts';
import { against } from '../figures/figure.ts';
import { sampleSession } from '../peers/samples.ts';
import { loadByCookie, playAgainstFastify } from './against-fastify.ts';

export interface BetterAuthReady {
  port: number;
  /** Cookie header values, each of another session. */
  cookies: string[];
}

/** The facade's hot path: a session by its cookie, out of all that are stored. */
export const currentSession: Row = {
  name: 'current-session',
  async run(context) {
    const route = { method: 'GET', path: '/api/v1/sessions/current', sample: sampleSession } as const;
    const betterAuth = context.peer('better-auth.ts', {
      DATABASE: join(context.directory, 'better-auth.db'),
      SESSIONS: String(context.options.sessions),
      COOKIES: '2000',
    });
    const { port, cookies } = await betterAuth.message<BetterAuthReady>();
    const getSession = { method: 'GET', path: '/api/auth/get-session' } as const;
    const rates = await playAgainstFastify(context, route, {
      'better-auth': loadByCookie(context, { pid: betterAuth.pid, port }, getSession, cookies, 200),
    });
    await betterAuth.stop();
    const figure = 'GET /sessions/current';
    return [
      against(figure, '/s', rates.ours, 'bare Fastify', rates.bare!, 0.7),
      against(figure, '/s', rates.ours, 'better-auth', rates['better-auth']!, 20),
    ];
  },
};
