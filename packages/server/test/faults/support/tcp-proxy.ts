import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createLine, type Line } from './line.ts';

/** What happens to connections. Bytes go `down` from the server to the caller, and `up` to the server. */
export type Fault =
  | { readonly kind: 'none' }
  /** Connections are reset, new ones too. */
  | { readonly kind: 'cut' }
  /** Connections stay, and what is sent in that direction arrives when the fault is over. */
  | { readonly kind: 'stall'; readonly direction: 'up' | 'down' | 'both' }
  /** Those that are open are dead from now on, and nobody is told; new ones work. */
  | { readonly kind: 'silent' }
  /** All bytes down arrive this many milliseconds later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** What is sent down arrives twice. */
  | { readonly kind: 'duplicate' }
  /** Of each two pieces that are sent down the second arrives first. */
  | { readonly kind: 'reorder' }
  /** Of what is sent down the first half arrives, then the connection ends. */
  | { readonly kind: 'truncate' }
  /** Of what is sent down, pieces with new entries of the log, or with the log as a whole, are lost; nothing shows it. */
  | { readonly kind: 'lose-entries' | 'lose-log' }
  /** The server does not hear which place in the log a reader that connects has reached, and sends all of the log. */
  | { readonly kind: 'forget-place' }
  /** One byte of each piece that is sent down is replaced by one that no text has. */
  | { readonly kind: 'garble' };

/** A place between a client and a server of this machine, where the network can be made worse. */
export interface TcpProxy {
  readonly port: number;
  /** From now on, also for connections that are open. */
  set(fault: Fault): void;
  /** Ends all connections; new ones lead to this port. */
  lead(target: number): void;
  close(): Promise<void>;
}

interface Connection {
  readonly down: Line;
  readonly up: Line;
  end(): void;
}

/** Listens on a free port of loopback, and passes everything on to the target port. */
export async function startProxy(target: number): Promise<TcpProxy> {
  let port = target;
  const connections = new Set<Connection>();
  let fault: Fault = { kind: 'none' };

  const server = createServer({ noDelay: true }, (client) => {
    if (fault.kind === 'cut') return void client.resetAndDestroy();
    const upstream = connect({ port, host: '127.0.0.1', noDelay: true });
    const end = () => {
      client.destroy();
      upstream.destroy();
      connections.delete(connection);
    };
    const connection: Connection = {
      down: joined(upstream, client, end),
      up: joined(client, upstream, end),
      end,
    };
    connections.add(connection);
    apply(connection, fault, true);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as { readonly port: number }).port,
    set(next) {
      fault = next;
      for (const connection of connections) apply(connection, next, false);
    },
    lead(next) {
      port = next;
      for (const connection of connections) connection.end();
    },
    async close() {
      for (const connection of connections) connection.end();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

function apply({ down, up, end }: Connection, fault: Fault, isNew: boolean): void {
  const { kind } = fault;
  if (kind === 'cut') {
    end();
  } else if (kind === 'silent') {
    if (isNew) return;
    down.set('dead');
    up.set('dead');
  } else if (kind === 'stall') {
    down.set(fault.direction === 'up' ? 'pass' : 'hold');
    up.set(fault.direction === 'down' ? 'pass' : 'hold');
  } else if (kind === 'forget-place') {
    down.set('pass');
    up.set(kind);
  } else {
    down.set(kind === 'none' ? 'pass' : kind, kind === 'delay' ? fault.ms : 0);
    up.set('pass');
  }
}

/** What one side sends reaches the other by a line of its own; the end of either is the end of both. */
function joined(from: Socket, to: Socket, end: () => void): Line {
  const line = createLine((piece) => void (to.destroyed || to.write(piece)), end);
  from.on('data', (piece: Buffer) => line.send(piece));
  from.on('error', () => {});
  from.on('close', () => line.finish());
  return line;
}
