import { createHash } from 'node:crypto';
import type { Entry } from './entry.ts';
import type { LogReader, LogState } from './store.ts';

/** What a process has seen of the log: its name, its end, and the entry there. */
export interface KnownLog {
  readonly log: string;
  readonly head: number;
  /** The digest of the entry at `head`; undefined where it was forgotten, or there never was one. */
  readonly last?: string | undefined;
}

/** The same for the same entry only. */
export function digestOf(entry: Entry): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('base64url');
}

/** What the log is now, as the state says. */
export async function learnLog(reader: LogReader, { log, head }: LogState): Promise<KnownLog> {
  const [entry] = await reader.list(head - 1, 1);
  return { log, head, last: entry?.seq === head ? digestOf(entry) : undefined };
}

/**
 * Whether the log in the database goes on from what was known: it is the same one, ends no earlier, and has the same entry
 * at the known end; or it has begun in place of the known one. Otherwise the database was restored from a backup.
 */
export async function goesOn(
  reader: LogReader,
  known: KnownLog,
  state: LogState | undefined,
): Promise<boolean> {
  if (state === undefined) return false;
  if (state.log !== known.log) return reader.isFormer(known.log);
  if (state.head < known.head) return false;
  if (known.last === undefined || known.head <= state.pruned) return true;
  const [entry] = await reader.list(known.head - 1, 1);
  return entry?.seq !== known.head || digestOf(entry) === known.last;
}
