import { connect, type Socket } from 'node:net';
import { now } from './history.ts';

/** A reader of the feed, as cheap as can be: there are a thousand of them in one process. */
export interface FeedReader {
  /** The position of the last whole message that named one. */
  readonly position: number;
  /** Whether the server has ended the connection. */
  readonly ended: boolean;
  /** What was wrong with what came: positions that do not follow on each other. */
  readonly gaps: number;
  /** When the position was reached; undefined when it was not. */
  reachedAt(position: number): number | undefined;
  /** Reads no more, until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** Follows the feed on this port from a position on; without one, from a snapshot. */
export function openReader(port: number, serviceKey: string, after?: number): FeedReader {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const lines = [
    'GET /auth/revocations HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${serviceKey}`,
    'Accept: text/event-stream',
    ...(after === undefined ? [] : [`Last-Event-ID: ${after}`]),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const reached: { readonly position: number; readonly at: number }[] = [];
  let position = after ?? -1;
  let gaps = 0;
  let ended = false;
  let rest = '';

  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    rest += text;
    // A message is looked at when it is whole; `id` is the position after it.
    const end = rest.lastIndexOf('\n\n');
    if (end === -1) return;
    const whole = rest.slice(0, end);
    rest = rest.slice(end + 2);
    for (const message of whole.split('\n\n')) {
      const id = /^id: (\d+)$/m.exec(message)?.[1];
      if (id === undefined) continue;
      const first = /"seq":(\d+)/.exec(message)?.[1];
      if (position !== -1 && Number(first) !== position + 1) gaps += 1;
      position = Number(id);
      reached.push({ position, at: now() });
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    ended = true;
  });
  return {
    get position() {
      return position;
    },
    get ended() {
      return ended;
    },
    get gaps() {
      return gaps;
    },
    reachedAt: (wanted) => reached.find((each) => each.position >= wanted)?.at,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close: () => void socket.destroy(),
  };
}
