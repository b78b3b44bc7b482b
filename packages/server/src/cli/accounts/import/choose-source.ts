import { systems } from '../../../import-export/systems/systems.ts';
import { type Call, UsageError } from '../../frame/command.ts';
import { type Format, type OpenRecords, openForeign, openOwn } from './open-source.ts';

/** Opens what the words and options of an import name. Throws a UsageError. */
export async function chooseSource(call: Call): Promise<OpenRecords> {
  const from = call.text('from');
  if (from !== undefined) {
    const system = Object.hasOwn(systems, from) ? systems[from] : undefined;
    if (system === undefined)
      throw new UsageError(`--from must be one of ${Object.keys(systems).join(', ')}.`);
    if (call.text('format') !== undefined)
      throw new UsageError(
        '--format does not go with --from: what the file holds is seen by what it begins with.',
      );
    return openForeign(call, from, system);
  }
  if (call.words.length > 1) throw new UsageError('A second file goes only with --from.');
  if (call.text('hash-config') !== undefined) throw new UsageError('--hash-config goes only with --from.');
  return openOwn(call, formatOf(call, call.words[0]!));
}

function formatOf(call: Call, name: string): Format {
  const format = call.text('format') ?? /\.(jsonl|ndjson|json|csv)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  if (format === 'jsonl' || format === 'ndjson') return 'jsonl';
  if (format === 'csv' || format === 'json') return format;
  throw new UsageError(
    '--format must be jsonl, json or csv, unless the name of the file ends in .jsonl, .ndjson, .json or .csv. A file of another system is read with --from.',
  );
}
