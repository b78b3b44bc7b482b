import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { accountLineOf } from '../../../api/import-export/account-line-json.ts';
import type { ImportRecord } from '../../../import-export/import-accounts.ts';
import type { ForeignSystem, SecondTable } from '../../../import-export/systems/system.ts';
import { type Call, UsageError } from '../../frame/command.ts';
import { decodeSource } from './decode-source.ts';
import { readJsonLines } from './json-lines.ts';

type Records = AsyncIterable<readonly ImportRecord[]>;
type Bytes = AsyncIterable<Buffer>;

/** The records of an import; `now` is in unix milliseconds. */
export type OpenRecords = (now: number) => Records | Promise<Records>;

/** The formats of one's own fields. */
export type Format = 'jsonl' | 'json' | 'csv';

/** The members of a JSON document that hold accounts. */
const ownLists = ['users', 'accounts'];

/** Opens a file with the fields of an import, or standard input for `-`. Throws a UsageError when it is not readable. */
export async function openOwn(call: Call, format: Format): Promise<OpenRecords> {
  const source = decodeSource(await openBytes(call, call.words[0]!));
  // What is not the usual format is loaded only when needed, for the sake of other commands.
  if (format === 'jsonl') return () => readJsonLines(source);
  if (format === 'csv') {
    const { readCsv } = await import('./csv.ts');
    return () => readCsv(source);
  }
  const { readJsonRows } = await import('./json-rows.ts');
  return async function* () {
    for await (const rows of readJsonRows(source, ownLists)) {
      yield rows.map(({ line, text, members }) => ({ line, text, read: () => accountLineOf(members()) }));
    }
  } as OpenRecords;
}

/**
 * Opens an export of another system, and the second table that belongs to it. Throws a UsageError for what is not
 * readable, and for options that do not go with the system.
 */
export async function openForeign(call: Call, name: string, system: ForeignSystem): Promise<OpenRecords> {
  const [path, secondPath] = call.words as [string, string?];
  const config = call.text('hash-config');
  if (config !== undefined && system.hashConfig === undefined)
    throw new UsageError(`--hash-config is not for ${system.title}: its hashes say all by themselves.`);
  if (config === undefined && system.hashConfig?.isNeeded && !call.flag('without-password')) {
    throw new UsageError(
      `The hashes of ${system.title} need --hash-config FILE with their parameters: ${system.hashConfig.where}. With --without-password the accounts come in without them.`,
    );
  }
  if (secondPath !== undefined && system.second === undefined)
    throw new UsageError(`An export of ${system.title} is one file.`);
  const [{ readForeignRecords, readSecondTable }, { readHashConfig }] = await Promise.all([
    import('./foreign-records.ts'),
    import('./hash-config.ts'),
  ]);
  const hashParameters = config === undefined ? undefined : readHashConfig(config);
  const source = await openBytes(call, path);
  const { second } = system;
  const secondSource = second && (await openSecond(call, second, path, secondPath));
  return async (now) =>
    readForeignRecords(name, system, source, {
      now,
      hashParameters,
      second:
        second && secondSource
          ? await readSecondTable({ ...system, second }, secondSource, secondPath !== undefined)
          : () => [],
    });
}

/** The second table's own file, or the same one, which then is read twice; standard input cannot be. */
async function openSecond(
  call: Call,
  { list, isAmong, what }: SecondTable,
  path: string,
  secondPath: string | undefined,
): Promise<Bytes | undefined> {
  if (secondPath !== undefined) return openBytes(call, secondPath);
  if (list === undefined && !isAmong) return undefined;
  if (path !== '-') return openBytes(call, path);
  if (isAmong) return undefined;
  throw new UsageError(`Standard input cannot be read twice: name the file, and that with ${what}.`);
}

async function openBytes(call: Call, name: string): Promise<Bytes> {
  if (name === '-') return call.stdio.stdin as Bytes;
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
