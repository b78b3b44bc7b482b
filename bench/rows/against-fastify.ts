import type { Context } from '../context.ts';
import { playRounds, type Rate, type Side } from '../figures/rounds.ts';
import { httpRequest } from '../load/loader.ts';

const CONNECTIONS = 32;

/** A route that is called by cookie. */
export interface CookieRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** An answer of its shape, for a run of the peers only. */
  readonly sample: unknown;
}

/** Requests to a route by one cookie after the other, on 32 connections, as a side. */
export function loadByCookie(
  context: Context,
  server: { readonly pid: number; readonly port: number },
  { method, path }: Pick<CookieRoute, 'method' | 'path'>,
  cookies: readonly string[],
  minBody: number,
): Side {
  const requests = cookies.map((Cookie) => httpRequest(method, path, { Cookie }));
  const { port } = server;
  const durationMs = context.options.roundMs;
  return context.load(server.pid, () => ({ port, requests, connections: CONNECTIONS, durationMs, minBody }));
}

/** Plays our route (`ours`) beside a bare Fastify route that returns the same JSON (`bare`), and the other sides. */
export async function playAgainstFastify(
  context: Context,
  route: CookieRoute,
  others: Readonly<Record<string, Side>> = {},
): Promise<Record<string, Rate[]>> {
  const ours = await context.latchkey();
  const answer = ours ? await ours.json(route.method, route.path) : route.sample;
  const cookies = ours?.cookies ?? ['x-session-id=bench'];
  const minBody = Math.floor(JSON.stringify(answer).length * 0.8);
  const ANSWERS = JSON.stringify({ [`${route.method} ${route.path}`]: answer });
  const bare = context.peer('fastify.ts', { ANSWERS });
  const port = await bare.message<number>();
  const rates = await playRounds(context.options.rounds, {
    ours: ours && loadByCookie(context, ours, route, cookies, minBody),
    bare: loadByCookie(context, { pid: bare.pid, port }, route, cookies, minBody),
    ...others,
  });
  await bare.stop();
  return rates;
}
