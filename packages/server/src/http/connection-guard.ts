import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A connection whose client takes nothing of what waits for it is cut between once and twice this time: Node looks then
 * whether the kernel has taken anything since it looked last. Milliseconds.
 */
const stallTime = 14_000;
/** For so long a client may keep us waiting though its place is needed: what it has sent may not have been read yet. Milliseconds. */
const patience = 1000;

interface Connection {
  readonly socket: Socket;
  /** Whether it was opened when only the reserve was left. */
  readonly isReserve: boolean;
  /** Requests that are being answered. */
  active: number;
  /** Since when the client has been awaited. */
  since: number;
}

/**
 * Bounds the connections of a server. When there is no room, the one whose client has kept us waiting the longest is
 * closed: it is idle, or has sent half of a request. Where nobody is that slow, new ones get a place of the reserve, a
 * tenth of all, where only what must get through in every flood is answered. Beyond that they are closed at once.
 * Clients that do not read what they asked for are cut.
 */
export class ConnectionGuard {
  readonly most: number;
  readonly #room: number;
  readonly #open = new Map<Socket, Connection>();
  /** Those whose client is awaited, in the order in which that began. */
  readonly #waiting = new Set<Connection>();
  #closed = 0;

  constructor(server: Server, most: number) {
    this.most = most;
    this.#room = most - Math.ceil(most / 10);
    server.on('connection', (socket) => this.#add(socket));
    server.on('request', (request, response) => this.#note(request, response));
    server.setTimeout(stallTime, (socket) => this.#expire(socket));
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** How many were closed because there was no room for all, ever. */
  get closed(): number {
    return this.#closed;
  }

  /** Whether the request came over the reserve, and there still is no room for others. */
  isReserved({ socket }: IncomingMessage): boolean {
    return this.#open.get(socket)?.isReserve === true && this.#open.size > this.#room;
  }

  #add(socket: Socket): void {
    if (this.#open.size >= this.#room) this.#makeRoom();
    if (this.#open.size >= this.most) {
      this.#closed += 1;
      socket.destroy();
      return;
    }
    const isReserve = this.#open.size >= this.#room;
    const connection: Connection = { socket, isReserve, active: 0, since: 0 };
    this.#open.set(socket, connection);
    this.#await(connection);
    socket.once('close', () => this.#remove(connection));
  }

  #makeRoom(): void {
    const [slowest] = this.#waiting;
    if (slowest === undefined || performance.now() - slowest.since < patience) return;
    this.#closed += 1;
    this.#remove(slowest);
    slowest.socket.destroy();
  }

  #remove(connection: Connection): void {
    this.#open.delete(connection.socket);
    this.#waiting.delete(connection);
  }

  #note(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#open.get(request.socket);
    if (connection === undefined) return;
    connection.active += 1;
    if (bringsBody(request)) {
      this.#await(connection);
      request.once('end', () => this.#waiting.delete(connection));
    } else this.#waiting.delete(connection);
    response.once('close', () => {
      connection.active -= 1;
      if (connection.active === 0 && this.#open.has(connection.socket)) this.#await(connection);
    });
  }

  #await(connection: Connection): void {
    connection.since = performance.now();
    this.#waiting.delete(connection);
    this.#waiting.add(connection);
  }

  /** Nothing has moved on the connection for long. Where a request is being answered, and nothing waits to be read, it may. */
  #expire(socket: Socket): void {
    if (socket.writableLength > 0 || !this.#open.get(socket)?.active) socket.destroy();
  }
}

function bringsBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
