import { isJsonObject, type JsonObject } from '../json.ts';
import { isCount, type LogEntry, parseEntry } from '../replica/entry.ts';
import type { ServerEvent } from './sse-parser.ts';

/** A message of the feed; `time` is the server's, in unix seconds, and `head` the log's last position. */
export type FeedMessage = { readonly head: number; readonly time: number } & (
  | { readonly type: 'heartbeat' }
  | { readonly type: 'entries'; readonly entries: readonly LogEntry[] }
  | {
      readonly type: 'snapshot';
      readonly from: number;
      readonly position: number;
      readonly entries: readonly LogEntry[];
    }
);

/** A message from an event of the stream; `undefined` for kinds of event that a later server may add. */
export function parseMessage({ event, data }: ServerEvent): FeedMessage | undefined {
  if (event !== 'heartbeat' && event !== 'entries' && event !== 'snapshot') return undefined;
  // The issuer's own word over an authenticated connection, and long: the fast parser will do.
  const message: unknown = JSON.parse(data);
  if (!isJsonObject(message as JsonObject)) throw new SyntaxError('message is not an object');
  const { head, time, from, position, entries } = message as JsonObject;
  if (!isCount(head) || !isCount(time)) throw new SyntaxError('message without head or time');
  if (event === 'heartbeat') return { type: event, head, time };
  if (!Array.isArray(entries)) throw new SyntaxError('message without entries');
  if (event === 'entries') return { type: event, head, time, entries: entries.map(parseEntry) };
  if (!isCount(from) || !isCount(position)) throw new SyntaxError('snapshot without a position');
  return { type: event, head, time, from, position, entries: entries.map(parseEntry) };
}
