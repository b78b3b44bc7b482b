import { isCount, type LogEntry, parseEntry } from '../replica/entry.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import type { ServerEvent } from './sse-parser.ts';

/**
 * A message of the feed. `time` is the server's, in Unix seconds; `head` is the last position of the log, `log` its
 * name, and `confirm` a position that somebody waits for.
 */
export type FeedMessage = { readonly head: number; readonly time: number } & (
  | { readonly type: 'heartbeat'; readonly log?: string | undefined; readonly confirm: number }
  | { readonly type: 'entries'; readonly log?: string | undefined; readonly entries: readonly LogEntry[] }
  | {
      readonly type: 'snapshot';
      readonly from: number;
      readonly position: number;
      readonly log?: string | undefined;
      readonly entries: readonly LogEntry[];
    }
);

/** Parses an event of the stream; `undefined` for kinds of events that a later server may add. */
export function parseMessage({ event, data }: ServerEvent): FeedMessage | undefined {
  if (event !== 'heartbeat' && event !== 'entries' && event !== 'snapshot') return undefined;
  // These are the issuer's words over an authenticated connection, and long: the fast parser is enough.
  const message: unknown = JSON.parse(data);
  if (!isJsonObject(message as JsonObject)) throw new SyntaxError('message is not an object');
  const { head, time, log, confirm, from, position, entries } = message as JsonObject;
  if (!isCount(head) || !isCount(time)) throw new SyntaxError('message without head or time');
  if (log !== undefined && typeof log !== 'string') throw new SyntaxError('message with a wrong log');
  if (event === 'heartbeat') return { type: event, head, time, log, confirm: isCount(confirm) ? confirm : 0 };
  if (!Array.isArray(entries)) throw new SyntaxError('message without entries');
  if (event === 'entries') return { type: event, head, time, log, entries: entries.map(parseEntry) };
  if (!isCount(from) || !isCount(position)) throw new SyntaxError('snapshot without a position');
  return { type: event, head, time, log, from, position, entries: entries.map(parseEntry) };
}
