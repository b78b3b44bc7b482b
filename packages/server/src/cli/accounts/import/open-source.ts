import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ImportRecord } from '../../../import-export/import-accounts.ts';
import { type Call, UsageError } from '../../frame/command.ts';
import { decodeSource } from './decode-source.ts';
import { readJsonLines } from './json-lines.ts';

type Records = AsyncIterable<readonly ImportRecord[]>;

/** Reads the records of the file, or of standard input for `-`. Throws a UsageError when it is not readable. */
export async function openSource(call: Call, name: string, format: 'jsonl' | 'csv'): Promise<Records> {
  const source = decodeSource(
    (name === '-' ? call.stdio.stdin : await openFile(name)) as AsyncIterable<Buffer>,
  );
  if (format === 'jsonl') return readJsonLines(source);
  // Loaded only when needed, for the sake of other commands.
  const { readCsv } = await import('./csv.ts');
  return readCsv(source);
}

async function openFile(name: string): Promise<AsyncIterable<Buffer>> {
  try {
    if ((await stat(name)).isDirectory()) throw new UsageError('The file is a folder.');
    const stream = createReadStream(name);
    await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject));
    return stream;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(code === 'ENOENT' ? 'There is no such file.' : 'This user cannot read the file.');
  }
}
