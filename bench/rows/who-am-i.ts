import type { Row } from '../context.ts';
import { against } from '../figures.ts';
import { httpRequest } from '../load.ts';
import { playRounds, rateOf, type Side } from '../rounds.ts';
import { sampleToken } from '../samples.ts';

const CONNECTIONS = 32;
const PATH = '/auth/who-am-i';

/** A new token for a cookie: the session from the store, one ES256 signature. */
export const whoAmI: Row = {
  name: 'who-am-i',
  async run(context) {
    const { rounds, roundMs } = context.options;
    const loader = context.loader();
    const ours = await context.latchkey();
    const answer = ours ? await ours.json('POST', PATH) : sampleToken;
    const bare = context.peer('fastify.ts', { ANSWERS: JSON.stringify({ [`POST ${PATH}`]: answer }) });
    const barePort = await bare.message<number>();
    const requests = (ours?.cookies ?? ['x-session-id=bench']).map((cookie) =>
      httpRequest('POST', PATH, { Cookie: cookie }),
    );
    const load = (pid: number, port: number): Side => {
      const job = { port, requests, connections: CONNECTIONS, durationMs: roundMs, minBody: 200 };
      return () => rateOf(pid, () => loader.run(job));
    };
    const rates = await playRounds(rounds, {
      ...(ours && { ours: load(ours.pid, ours.port) }),
      bare: load(bare.process.pid!, barePort),
    } as Record<string, Side>);
    await bare.stop();
    return [against('POST /auth/who-am-i', '/s', rates.ours, 'bare Fastify', rates.bare!, 0.35)];
  },
};
