import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import type { World } from './world.ts';

/** One event of a stream. */
export interface FeedEvent {
  readonly event: string;
  readonly id?: number;
  readonly data: {
    readonly head: number;
    readonly time: number;
    readonly from?: number;
    readonly position?: number;
    readonly confirm?: number;
    readonly entries?: readonly FeedEntry[];
  };
}

export interface FeedEntry {
  readonly seq: number;
  readonly at: number;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly action: string;
  readonly reason: string;
  readonly expiresAt: number;
}

/** A reader of the feed's stream. */
export interface FeedReader {
  readonly message: IncomingMessage;
  /** The next event that fits; fails after three seconds. */
  next(fits?: (event: FeedEvent) => boolean): Promise<FeedEvent>;
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Opens the stream, which must be accepted. */
export async function follow(
  world: World,
  key: string,
  headers: Readonly<Record<string, string>> = {},
  query = '',
): Promise<FeedReader> {
  const path = `/auth/revocations${query}`;
  const message = await world.client.open({
    method: 'GET',
    path,
    headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream', ...headers },
  });
  assert.equal(message.statusCode, 200);
  const seen: FeedEvent[] = [];
  let notify = () => {};
  let text = '';
  message.setEncoding('utf8');
  message.on('data', (chunk: string) => {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    seen.push(...blocks.map(parse));
    notify();
  });
  const ended = new Promise<void>((resolve) => message.once('close', resolve));
  message.on('error', () => {});

  return {
    message,
    ended,
    close: () => message.destroy(),
    async next(fits = () => true) {
      const deadline = AbortSignal.timeout(3000);
      for (;;) {
        const at = seen.findIndex(fits);
        if (at >= 0) return seen.splice(0, at + 1).at(-1)!;
        await new Promise<void>((resolve, reject) => {
          notify = resolve;
          deadline.addEventListener('abort', () => reject(new Error('no such event within three seconds')));
        });
      }
    },
  };
}

function parse(block: string): FeedEvent {
  const fields = new Map(
    block.split('\n').map((line) => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), line.slice(at + 2)] as const;
    }),
  );
  const id = fields.get('id');
  const data = JSON.parse(fields.get('data') ?? '{}') as FeedEvent['data'];
  return { event: fields.get('event') ?? '', data, ...(id !== undefined && { id: Number(id) }) };
}
