import { join } from 'node:path';
import type { Row } from '../context.ts';
import { against } from '../figures.ts';
import { httpRequest } from '../load.ts';
import { playRounds, rateOf, type Side } from '../rounds.ts';
import { sampleSession } from '../samples.ts';

export interface BetterAuthReady {
  port: number;
  /** Cookie header values, each of another session. */
  cookies: string[];
}

const CONNECTIONS = 32;
const PATH = '/api/v1/sessions/current';

/** The facade's hot path: a session by its cookie, out of all that are stored. */
export const currentSession: Row = {
  name: 'current-session',
  async run(context) {
    const { rounds, roundMs, sessions } = context.options;
    const loader = context.loader();
    const ours = await context.latchkey();
    const answer = ours ? await ours.json('GET', PATH) : sampleSession;
    const bare = context.peer('fastify.ts', { ANSWERS: JSON.stringify({ [`GET ${PATH}`]: answer }) });
    const barePort = await bare.message<number>();
    const betterAuth = context.peer('better-auth.ts', {
      DATABASE: join(context.directory, 'better-auth.db'),
      SESSIONS: String(sessions),
      COOKIES: '2000',
    });
    const peer = await betterAuth.message<BetterAuthReady>();

    const load = (
      pid: number,
      port: number,
      path: string,
      cookies: readonly string[],
      minBody: number,
    ): Side => {
      const requests = cookies.map((cookie) => httpRequest('GET', path, { Cookie: cookie }));
      const job = { port, requests, connections: CONNECTIONS, durationMs: roundMs, minBody };
      return () => rateOf(pid, () => loader.run(job));
    };
    const cookies = ours?.cookies ?? ['x-session-id=bench'];
    const minBody = Math.floor(JSON.stringify(answer).length * 0.8);
    const rates = await playRounds(rounds, {
      ...(ours && { ours: load(ours.pid, ours.port, PATH, cookies, minBody) }),
      bare: load(bare.process.pid!, barePort, PATH, cookies, minBody),
      'better-auth': load(betterAuth.process.pid!, peer.port, '/api/auth/get-session', peer.cookies, 200),
    } as Record<string, Side>);
    await bare.stop();
    await betterAuth.stop();
    const figure = 'GET /sessions/current';
    return [
      against(figure, '/s', rates.ours, 'bare Fastify', rates.bare!, 0.7),
      against(figure, '/s', rates.ours, 'better-auth', rates['better-auth']!, 20),
    ];
  },
};
