import { setFlagsFromString } from 'node:v8';
import { type ImportInput, type ImportResult, importAccounts } from '../../import-export/import-accounts.ts';
import { countNotes, tellNotes } from '../../import-export/notes.ts';
import { systems } from '../../import-export/systems/systems.ts';
import type { Call, Command } from '../frame/command.ts';
import { exitCodes } from '../frame/exit-codes.ts';
import { count } from '../frame/show.ts';
import { chooseSource } from './import/choose-source.ts';
import { createProgress } from './import/progress.ts';
import { openRefusals } from './import/refusals.ts';

export const command: Command = {
  usage:
    'FILE [FILE] [--from SYSTEM] [--hash-config FILE] [--format jsonl|json|csv] [--dry-run] [--skip-existing] [--without-password] [--refused FILE] [--restart]',
  help: `Creates an account for each line of a file, or of standard input for \`-\`: JSON Lines, JSON, or CSV with a header. Password
hashes of other systems keep working. The extension of the file's name decides the format, unless --format is given.
docs/import-and-export.md lists the fields.

--from reads an export of another system as that writes it: ${Object.keys(systems).join(', ')}.
The second file is for what such a system keeps apart, --hash-config for parameters of hashes that are not in the export;
docs/moving-from-SYSTEM.md says what is needed.

Lines are stored in short transactions of 500. A line that breaks a rule is refused, and the import goes on; its number
and the reason go to standard error, or as JSON Lines to the file that --refused names, and the exit code is 1. Run an
interrupted import again with the same input: it continues after the last stored line. --restart begins with the first
line again. --skip-existing skips lines whose login exists, instead of refusing them. --dry-run checks every line and
stores nothing.

An account whose hash cannot be used is refused too; with --without-password it comes in without one, is told the same
way, and its person sets a password by "forgot password".

  latchkey accounts import people.jsonl --refused refused.jsonl
  gzip -dc people.csv.gz | latchkey accounts import - --format csv
  latchkey accounts import users.json --from firebase --hash-config hash-config.txt`,
  creates: true,
  options: {
    format: { type: 'string' },
    from: { type: 'string' },
    'hash-config': { type: 'string' },
    'dry-run': { type: 'boolean' },
    'skip-existing': { type: 'boolean' },
    'without-password': { type: 'boolean' },
    refused: { type: 'string' },
    restart: { type: 'boolean' },
  },
  words: [1, 2],
  async run(call) {
    // The garbage of a batch fits into a small young generation; one that grows takes 50 MiB more.
    setFlagsFromString('--semi-space-growth-factor=1');
    call.config();
    const open = await chooseSource(call);
    const refusals = openRefusals(call);
    const progress = createProgress(call);
    try {
      const input: Omit<ImportInput, 'records'> = {
        dryRun: call.flag('dry-run'),
        skipExisting: call.flag('skip-existing'),
        restart: call.flag('restart'),
        refuse: (line, error) => refusals.refuse(line, error),
        ...(call.flag('without-password') && {
          withoutPassword: (line, error) => refusals.dropHash(line, error),
        }),
        tell: (result) => progress.show(result),
      };
      const result = await call.withContext(async ({ context }) =>
        importAccounts(context, { ...input, records: await open(context.clock.now()) }),
      );
      progress.clear();
      call.answer(resultJson(result), [summarize(call, result), ...tellNotes(result.notes)]);
      return result.refused > 0 ? exitCodes.refused : exitCodes.done;
    } catch (error) {
      progress.reportInterruption();
      throw error;
    } finally {
      refusals.close();
    }
  },
};

function resultJson({ records, before, made, present, refused, notes }: ImportResult) {
  const withoutPassword = countNotes(notes, 'no_password', 'unusable_hash');
  const leftOut = countNotes(notes, 'left_out');
  return {
    lines: records,
    made,
    existing: present,
    refused,
    done_before: before,
    ...(withoutPassword > 0 && { without_password: withoutPassword }),
    ...(leftOut > 0 && { left_out: leftOut }),
    ...(Object.keys(notes).length > 0 && { notes }),
  };
}

function summarize(call: Call, { records, before, made, present, refused }: ImportResult): string {
  const parts = [
    `${count(made, 'account')} ${call.flag('dry-run') ? 'would be created' : 'created'}`,
    ...(present > 0 ? [`${present} exist already`] : []),
    `${count(refused, 'line')} refused`,
  ];
  const earlier = before > 0 ? ` An earlier run did ${before} of the lines.` : '';
  return `${count(records, 'line')}: ${parts.join(', ')}.${earlier}`;
}
