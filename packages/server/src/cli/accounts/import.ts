import { setFlagsFromString } from 'node:v8';
import { type ImportInput, type ImportResult, importAccounts } from '../../import-export/import-accounts.ts';
import type { AppError } from '../../kernel/errors.ts';
import { type Call, type Command, UsageError } from '../frame/command.ts';
import { exitCodes } from '../frame/exit-codes.ts';
import { openSource } from './import/open-source.ts';
import { createProgress } from './import/progress.ts';
import { openRefusals } from './import/refusals.ts';

export const command: Command = {
  usage: 'FILE [--format jsonl|csv] [--dry-run] [--skip-existing] [--refused FILE] [--restart]',
  help: `Makes accounts of the lines of a file, or of standard input for \`-\`: JSON Lines or CSV with a header. Password
hashes of other systems are taken over. The format follows from the end of the file's name; docs/import-and-export.md
has the fields.

Each line is stored by itself, in short transactions of 500. One that breaks a rule is reported with its number and the
reason, on standard error or as JSON Lines in the file that --refused names, and the others go on: the exit code is 1
then. An import that was interrupted goes on behind the last line that is stored when it is run again with the same
input; --restart begins with the first line all the same. With --skip-existing a line whose login there is already is
passed over instead of refused. --dry-run checks all and stores nothing.

  latchkey accounts import people.jsonl --refused refused.jsonl
  gzip -dc people.csv.gz | latchkey accounts import - --format csv`,
  options: {
    format: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'skip-existing': { type: 'boolean' },
    refused: { type: 'string' },
    restart: { type: 'boolean' },
  },
  words: [1, 1],
  async run(call) {
    // What a batch leaves behind fits into a young generation that stays small; one that grows takes 50 MiB more.
    setFlagsFromString('--semi-space-growth-factor=1');
    call.config();
    const name = call.words[0]!;
    const records = await openSource(call, name, formatOf(call, name));
    const refusals = openRefusals(call);
    const progress = createProgress(call);
    try {
      const input: ImportInput = {
        records,
        dryRun: call.flag('dry-run'),
        skipExisting: call.flag('skip-existing'),
        restart: call.flag('restart'),
        refuse: (line, error: AppError) => refusals.add(line, error),
        tell: (result) => progress.tell(result),
      };
      const result = await call.withContext(({ context }) => importAccounts(context, input));
      progress.end();
      call.answer(resultJson(result), [sentence(call, result)]);
      return result.refused > 0 ? exitCodes.refused : exitCodes.done;
    } catch (error) {
      progress.interrupted();
      throw error;
    } finally {
      refusals.close();
    }
  },
};

function formatOf(call: Call, name: string): 'jsonl' | 'csv' {
  const format = call.text('format') ?? /\.(jsonl|ndjson|csv)$/i.exec(name)?.[1]?.toLowerCase();
  if (format === 'jsonl' || format === 'ndjson') return 'jsonl';
  if (format === 'csv') return 'csv';
  throw new UsageError('--format must be jsonl or csv, unless the name of the file ends in one of them.');
}

function resultJson({ records, before, made, present, refused }: ImportResult) {
  return { lines: records, made, existing: present, refused, done_before: before };
}

function sentence(call: Call, { records, before, made, present, refused }: ImportResult): string {
  const parts = [
    `${made} accounts ${call.flag('dry-run') ? 'would be made' : 'made'}`,
    ...(present > 0 ? [`${present} were there already`] : []),
    `${refused} lines refused`,
  ];
  const earlier = before > 0 ? ` ${before} of the lines were done by an earlier run.` : '';
  return `${records} lines: ${parts.join(', ')}.${earlier}`;
}
