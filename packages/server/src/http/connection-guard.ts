import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A connection whose client takes nothing of what waits for it is cut between once and twice this time: Node looks then
 * whether the kernel has taken anything since it looked last. Milliseconds.
 */
const stallTime = 8_000;
/** For so long a client may keep us waiting though its place is needed: what it has sent may not have been read yet. Milliseconds. */
const patience = 1000;

/** How many requests of one connection may wait for their turn. Who sends more is cut. */
const maxPipelined = 100;

interface Connection {
  readonly socket: Socket;
  /** Whether it was opened when only the reserve was left. */
  readonly isReserve: boolean;
  /** What answers the requests that have come and are not answered yet; the first is at it. */
  readonly turns: (() => void)[];
  /** Since when the client has been awaited, and how much it had sent by then. */
  since: number;
  received: number;
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
  /** Requests that wait until all may go on. */
  #paused: (() => void)[] | undefined;

  constructor(server: Server, most: number) {
    this.most = most;
    this.#room = most - Math.ceil(most / 10);
    server.on('connection', (socket) => this.#add(socket));
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

  /**
   * Has the requests of a connection handled one after the other. Otherwise a client that asks a thousand times and reads
   * nothing would have a thousand answers made, and kept.
   */
  inTurn(handle: RequestListener): RequestListener {
    return (request, response) => {
      const connection = this.#open.get(request.socket);
      if (connection === undefined) return;
      const { turns, socket } = connection;
      if (turns.length >= maxPipelined) {
        socket.destroy();
        return;
      }
      turns.push(() => handle(request, response));
      this.#hear(connection, request);
      response.once('close', () => {
        turns.shift();
        if (turns.length > 0) this.#begin(turns[0]!);
        else if (this.#open.has(socket)) this.#await(connection);
      });
      if (turns.length === 1) this.#begin(turns[0]!);
    };
  }

  #begin(turn: () => void): void {
    if (this.#paused === undefined) turn();
    else this.#paused.push(turn);
  }

  /** Has the requests that come wait until `resume` is called. */
  pause(): void {
    this.#paused ??= [];
  }

  resume(): void {
    const turns = this.#paused ?? [];
    this.#paused = undefined;
    for (const turn of turns) turn();
  }

  /** Closes those on which nothing has come for so many milliseconds, and nothing is being answered. */
  closeIdle(silence: number): void {
    const before = performance.now() - silence;
    for (const { socket, turns, since, received } of this.#waiting) {
      if (since > before) return;
      if (turns.length === 0 && socket.bytesRead === received) socket.destroy();
    }
  }

  #add(socket: Socket): void {
    if (this.#open.size >= this.#room) this.#makeRoom();
    if (this.#open.size >= this.most) {
      this.#closed += 1;
      socket.destroy();
      return;
    }
    const isReserve = this.#open.size >= this.#room;
    const connection: Connection = { socket, isReserve, turns: [], since: 0, received: 0 };
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

  /** A request has come; where it has a body, that is awaited. */
  #hear(connection: Connection, request: IncomingMessage): void {
    this.#waiting.delete(connection);
    if (!bringsBody(request)) return;
    this.#await(connection);
    request.once('end', () => this.#waiting.delete(connection));
  }

  #await(connection: Connection): void {
    connection.since = performance.now();
    connection.received = connection.socket.bytesRead;
    this.#waiting.delete(connection);
    this.#waiting.add(connection);
  }

  /** Nothing has moved on the connection for long. Where a request is being answered, and nothing waits to be read, it may. */
  #expire(socket: Socket): void {
    // After what has come meanwhile: the process may have been stopped, or busy, for all that time.
    setImmediate(() => {
      if (socket.writableLength > 0 || !this.#open.get(socket)?.turns.length) socket.destroy();
    });
  }
}

function bringsBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
