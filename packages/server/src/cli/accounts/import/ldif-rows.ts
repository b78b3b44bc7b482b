import type { JsonObject } from '@latchkey/verify/internal';
import { AppError } from '../../../kernel/errors.ts';
import { decodeText, maxRecordBytes, rawText } from './bytes.ts';
import { readLines } from './lines.ts';
import type { Row } from './row.ts';

/** Longer values, such as photos, are passed over. */
const maxValueLength = 64 * 1024;
/** What an entry has beyond this is passed over: a group with a hundred thousand members, but no person. */
const maxEntryLength = 4 * 1024 * 1024;

/** What stands in blocks of their own and is no entry. */
const apart = new Set(['version', 'search', 'result', 'ref', 'control']);

/**
 * Reads the entries of LDIF (RFC 2849): each attribute is a list of texts. Attributes with options, such as
 * `cn;lang-de`, count as the attribute itself. Values that are not UTF-8 are left out, except for passwords.
 */
export async function* readLdifRows(source: AsyncIterable<Buffer>): AsyncGenerator<readonly Row[]> {
  let start = 0;
  let lines: string[] = [];
  let length = 0;

  for await (const portion of readLines(source, maxRecordBytes)) {
    const rows: Row[] = [];
    for (const { number, bytes } of portion) {
      const line = bytes === undefined ? undefined : bytes.toString('latin1');
      if (line === '') {
        rows.push(...rowOf(start, lines));
        lines = [];
        length = 0;
      } else if (length > maxEntryLength) continue;
      else if (line?.startsWith(' ')) length += fold(lines, line.slice(1));
      else if (line !== undefined) {
        if (lines.length === 0) start = number;
        lines.push(line);
        length += Math.min(line.length, maxValueLength);
      }
    }
    yield rows;
  }
  yield rowOf(start, lines);
}

/** A line that begins with a space goes on with the one before it. Returns how much of it is kept. */
function fold(lines: string[], rest: string): number {
  const last = lines.length - 1;
  if (last < 0 || lines[last]!.length > maxValueLength) return 0;
  lines[last] += rest;
  return rest.length;
}

/** The entry of a block of lines, one character for each byte; none for a block of something else. */
function rowOf(line: number, block: readonly string[]): Row[] {
  const lines = block.filter((it) => !it.startsWith('#') && it.length <= maxValueLength);
  const names = lines.map((it) => it.split(':', 1)[0]!.toLowerCase());
  if (names.every((name) => apart.has(name))) return [];
  return [{ line, text: lines.join('\n'), members: () => membersOf(lines) }];
}

function membersOf(lines: readonly string[]): JsonObject {
  const values = new Map<string, string[]>();
  for (const line of lines) {
    const [, option, kind, rest] = /^([A-Za-z0-9.-]+(?:;[A-Za-z0-9.-]+)*):([:<]?) *(.*)$/s.exec(line) ?? [];
    if (option === undefined) throw invalid('A line of the entry is no attribute.');
    if (kind === '<') continue;
    const name = option.split(';', 1)[0]!;
    const bytes = Buffer.from(rest!, kind === ':' ? 'base64' : 'latin1');
    const text = decodeText(bytes) ?? (name.toLowerCase() === 'userpassword' ? rawText(bytes) : undefined);
    if (text === undefined) continue;
    const all = values.get(name);
    if (all === undefined) values.set(name, [text]);
    else all.push(text);
  }
  if (!values.has('dn')) throw invalid('The entry has no dn.');
  const [change = 'add'] = values.get('changetype') ?? [];
  if (change !== 'add') throw invalid('The entry is a change, not an account.');
  return Object.fromEntries(values);
}

function invalid(detail: string): AppError {
  return new AppError('INVALID_DATA', { detail });
}
