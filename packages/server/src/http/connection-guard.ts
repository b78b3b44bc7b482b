import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A connection whose client takes nothing of what waits for it is cut between once and twice this time: Node looks then
 * whether the kernel has taken anything since it looked last. Milliseconds.
 */
const stallTime = 8_000;
/** For so long a client may keep us waiting though its place is needed: what it has sent may not have been read yet. Milliseconds. */
const patience = 1000;

/** How many requests of one connection may wait for their answers. Who sends more is cut. */
const maxPipelined = 100;

/** A request and the answer to it. */
type Turn = readonly [request: IncomingMessage, response: ServerResponse];

interface Connection {
  readonly socket: Socket;
  /** Whether it was opened when only the reserve was left. */
  readonly isReserve: boolean;
  /** The answer that is being made. */
  current: ServerResponse | undefined;
  /** What has come since, and waits. */
  readonly waiting: Turn[];
  /** When its client last began or got something. */
  since: number;
  /** When its place in the order was right. */
  sorted: number;
  /** How much had come when we last could tell that no request was half sent. Bytes. */
  received: number | undefined;
}

/** Where a socket keeps what we know of it: quicker than a map, and there is one look-up for each request. */
const known = Symbol('connection');
type KnownSocket = Socket & { [known]?: Connection };

/**
 * Bounds the connections of a server. When there is no room, the one whose client has kept us waiting about the longest
 * is closed: it is idle, or has sent half of a request. Where nobody is that slow, new ones get a place of the reserve, a
 * tenth of all, where only what must get through in every flood is answered. Beyond that they are closed at once.
 * Clients that do not read what they asked for are cut.
 */
export class ConnectionGuard {
  readonly most: number;
  readonly #room: number;
  readonly #handle: RequestListener;
  /** All that are open. Those at the front have kept us waiting the longest, as far as we have looked. */
  readonly #open = new Set<Connection>();
  #closed = 0;
  /** Whether each answer is the last one of its connection. */
  #isLeft = false;
  /** What waits until requests are handled again. */
  #paused: Turn[] | undefined;

  /**
   * Guards a server, and has `handle` answer what it is asked. The requests of a connection are handled one after the
   * other: for a client that asks a thousand times and reads nothing a thousand answers would be made, and kept.
   */
  constructor(server: Server, most: number, handle: RequestListener) {
    this.most = most;
    this.#room = most - Math.ceil(most / 10);
    this.#handle = handle;
    server.on('connection', (socket) => this.#add(socket));
    server.on('request', (request, response) => this.#take(request, response));
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
    return this.#open.size > this.#room && (socket as KnownSocket)[known]?.isReserve === true;
  }

  /** From now on each answer ends its connection, so that clients go elsewhere; those that are being made as well. */
  endAfterAnswers(): void {
    this.#isLeft = true;
    for (const { current } of this.#open) {
      if (current !== undefined && !current.headersSent) current.setHeader('connection', 'close');
    }
  }

  /** Has the requests that come wait until `resume` is called. */
  pause(): void {
    this.#paused ??= [];
  }

  resume(): void {
    const turns = this.#paused ?? [];
    this.#paused = undefined;
    for (const [request, response] of turns) this.#handle(request, response);
  }

  /** Closes those on which nothing has come for so many milliseconds, unless something is being answered or half sent. */
  closeIdle(silence: number): void {
    const before = performance.now() - silence;
    for (const connection of this.#open) {
      const { socket, since, current } = connection;
      if (current !== undefined || since > before) continue;
      connection.received ??= socket.bytesRead;
      if (socket.bytesRead === connection.received) socket.destroy();
    }
  }

  #add(socket: KnownSocket): void {
    if (this.#open.size >= this.#room) this.#makeRoom();
    if (this.#open.size >= this.most) {
      this.#closed += 1;
      socket.destroy();
      return;
    }
    const isReserve = this.#open.size >= this.#room;
    const now = performance.now();
    const connection: Connection = {
      ...{ socket, isReserve, waiting: [], since: now, sorted: now },
      ...{ current: undefined, received: 0 },
    };
    socket[known] = connection;
    this.#open.add(connection);
    socket.once('close', () => this.#open.delete(connection));
  }

  /** Closes one that is slow, if there is one. Those of whom we have heard since we looked last go to the end. */
  #makeRoom(): void {
    const now = performance.now();
    let unseen = this.#open.size;
    for (const connection of this.#open) {
      const { since, sorted, current, socket } = connection;
      const isAwaited = current === undefined || !current.req.complete;
      if (isAwaited && since === sorted) {
        if (now - since < patience) return;
        this.#closed += 1;
        this.#open.delete(connection);
        socket.destroy();
        return;
      }
      this.#open.delete(connection);
      this.#open.add(connection);
      connection.sorted = since;
      unseen -= 1;
      if (unseen === 0) return;
    }
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const socket: KnownSocket = request.socket;
    const connection = socket[known];
    if (connection === undefined) return;
    if (connection.current === undefined) this.#answer(connection, request, response);
    else if (connection.waiting.length + 1 < maxPipelined) connection.waiting.push([request, response]);
    else socket.destroy();
  }

  #answer(connection: Connection, request: IncomingMessage, response: ServerResponse): void {
    connection.current = response;
    if (this.#isLeft) response.setHeader('connection', 'close');
    connection.received = undefined;
    connection.since = performance.now();
    response.on('close', () => {
      connection.current = undefined;
      connection.since = performance.now();
      const next = connection.waiting.shift();
      if (next !== undefined) this.#answer(connection, ...next);
    });
    if (this.#paused === undefined) this.#handle(request, response);
    else this.#paused.push([request, response]);
  }

  /** Nothing has moved on the connection for long. Where a request is being answered, and nothing waits to be read, it may. */
  #expire(socket: KnownSocket): void {
    // After what has come meanwhile: the process may have been stopped, or busy, for all that time.
    setImmediate(() => {
      if (socket.writableLength > 0 || socket[known]?.current === undefined) socket.destroy();
    });
  }
}
