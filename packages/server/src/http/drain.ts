import type { Server } from 'node:http';
import type { ConnectionGuard } from './connection-guard.ts';
import type { Entrance } from './entrance.ts';

/** How long requests may take to finish once nothing new is taken. Milliseconds. */
const grace = 8000;
/** A connection on which nothing has come for so long is idle: what was on its way to us has come. Milliseconds. */
const silence = 500;

/** The stop of a server in two steps: first it is only left by those that are told to, then it takes nothing new. */
export interface Drain {
  /** Whether the stop has begun. Each answer has `connection: close` then, so that clients go elsewhere. */
  readonly begun: boolean;
  /** Begins the stop; new connections are still served. */
  begin(): void;
  /** Takes no new connections, finishes the requests in flight, and cuts off those that do not finish in 8 s. */
  close(): Promise<void>;
}

/** The drain of a server; `stop` is called when no connection is left. */
export function createDrain(
  server: Server,
  { entrance, connections }: { readonly entrance: Entrance; readonly connections: ConnectionGuard },
  stop: () => Promise<unknown> = async () => {},
): Drain {
  let begun = false;
  function begin(): void {
    begun = true;
    connections.endAfterAnswers();
  }
  return {
    get begun() {
      return begun;
    },
    begin,
    async close() {
      begin();
      // Connections are taken faster while nothing else is done, so soon a moment comes in which none waits.
      connections.pause();
      const { emptied } = await entrance.shut();
      connections.resume();
      // Clients that keep connections open would delay the stop.
      const sweep = setInterval(() => connections.closeIdle(silence), 100);
      const cut = setTimeout(() => server.closeAllConnections(), grace);
      await emptied;
      clearInterval(sweep);
      clearTimeout(cut);
      await stop();
    },
  };
}
