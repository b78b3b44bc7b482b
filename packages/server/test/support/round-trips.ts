import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to PostgreSQL that counts how often its clients wait for an answer. */
export interface CountingProxy {
  /** The URL that leads through it. */
  readonly url: string;
  /** The round trips of what the work does, those of new connections included. */
  count(work: () => Promise<unknown>): Promise<number>;
  close(): void;
}

/** Starts a proxy in front of the server of this URL, which must be reached without TLS. */
export async function startCountingProxy(databaseUrl: string): Promise<CountingProxy> {
  const there = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let trips = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(there.port), there.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    const note = countMessages((type) => {
      // Only behind a Sync, or a Query, does the server send what it has, and the client wait for it.
      if (type === 'S' || type === 'Q') trips += 1;
    });
    client.on('data', note);
    client.pipe(upstream);
    upstream.pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href,
    async count(work) {
      const before = trips;
      await work();
      return trips - before;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Tells the type of each message that a client sends. The first one has none. */
function countMessages(tell: (type: string) => void): (part: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return (part) => {
    rest = Buffer.concat([rest, part]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const whole = head + rest.readUInt32BE(head);
      if (rest.length < whole) return;
      if (started) tell(String.fromCharCode(rest[0]!));
      started = true;
      rest = rest.subarray(whole);
    }
  };
}
