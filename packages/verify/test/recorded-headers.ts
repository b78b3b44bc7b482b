import { readFileSync } from 'node:fs';

/** What a browser or another client sends, as far as it tells who sends it. */
interface Recorded {
  readonly client: string;
  readonly does: string;
  /** `recorded`, with that version of the client; else where it is written. */
  readonly source: string;
  /** The origin that was asked. */
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One that changes something, and what it must be taken for. */
export interface RecordedChange extends Recorded {
  readonly method: 'POST';
  /** The origin that the server allows besides its own. */
  readonly listed?: string;
  readonly sender: 'page' | 'application' | 'program';
  readonly allowed: boolean;
}

/** One that reads, and what it must be taken for. */
export interface RecordedRead extends Recorded {
  readonly method: 'GET';
  readonly opensPage: boolean;
  /** Whether the cookie may prove it without a token. */
  readonly cookieAlone: boolean;
}

const lines = readFileSync(new URL('recorded-headers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = lines.map((line) => JSON.parse(line) as RecordedChange | RecordedRead);

export const recordedChanges = recorded.filter((one) => one.method === 'POST');
export const recordedReads = recorded.filter((one) => one.method === 'GET');
