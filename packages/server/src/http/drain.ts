import type { Server } from 'node:http';
import type { Entrance } from './entrance.ts';

/** How long requests may take to finish once nothing new is taken. Milliseconds. */
const grace = 8000;

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
  entrance: Entrance,
  stop: () => Promise<unknown> = async () => {},
): Drain {
  let begun = false;
  return {
    get begun() {
      return begun;
    },
    begin() {
      begun = true;
    },
    async close() {
      begun = true;
      const closed = new Promise<void>((resolve) => {
        // Right after events were looked for: connections that the kernel has taken since then are lost.
        setImmediate(() => void entrance.close().then(resolve));
      });
      // Clients that keep connections open would delay the stop.
      const sweep = setInterval(() => server.closeIdleConnections(), 100);
      const cut = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearInterval(sweep);
      clearTimeout(cut);
      await stop();
    },
  };
}
