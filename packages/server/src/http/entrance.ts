import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer, Server as NetServer } from 'node:net';
import { atNoArrival } from './no-arrival.ts';

/** Where an HTTP server is reached: at one address, or at both of `localhost`. */
export interface Entrance {
  /** Starts to take connections; resolves to the port. Rejects when the address cannot be listened on. */
  listen(at: { readonly host: string; readonly port: number }): Promise<number>;
  /** Takes no new connections from the moment on in which it resolves, to a promise of when none is left. A second at most. */
  shut(): Promise<{ readonly emptied: Promise<unknown> }>;
}

/** What `localhost` is (RFC 6761, 6.3). */
const loopback = ['127.0.0.1', '::1'] as const;

/** The entrance of a server. What comes to a second address is handed to it, and treated as if it were its own. */
export function createEntrance(server: Server): Entrance {
  const all: NetServer[] = [server];

  async function listenAt(listener: NetServer, host: string, port: number): Promise<void> {
    listener.listen(port, host);
    await once(listener, 'listening');
  }

  /** Leaves out an address that cannot be listened on, as where there is no IPv6. */
  async function listenAlso(host: string, port: number): Promise<void> {
    const second = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      server.emit('connection', socket),
    );
    await listenAt(second, host, port).then(
      () => all.push(second),
      () => {},
    );
  }

  return {
    async listen({ host, port }) {
      const [first, ...others] = host === 'localhost' ? loopback : [host];
      await listenAt(server, first, port);
      const { port: taken } = server.address() as AddressInfo;
      for (const other of others) await listenAlso(other, taken);
      return taken;
    },
    shut() {
      return new Promise((resolve) => {
        atNoArrival(all, () => {
          // The HTTP server's own close looks through all its connections first; meanwhile others come.
          const closed = all.map((each) => new Promise((done) => NetServer.prototype.close.call(each, done)));
          resolve({ emptied: Promise.all(closed) });
        });
      });
    },
  };
}
