import { join } from 'node:path';
import type { CopyResult } from '../adapters/store/copy/copy-database.ts';
import { type Config, parseDatabaseUrl } from '../config/config.ts';
import { ValueError } from '../config/values.ts';
import { type Call, type Command, UsageError } from './frame/command.ts';
import { createProgressLine } from './frame/progress-line.ts';
import { readSecretLine } from './frame/read-password.ts';
import { count, visible } from './frame/show.ts';

export const command: Command = {
  usage: '--to URL',
  help: `Copies the whole database that LATCHKEY_DATABASE_URL names to another one: from SQLite to PostgreSQL, back, or to one of
the same kind. Accounts, sessions, the revocation log and all else stay as they are, so nobody is signed out, and
services go on where they were. docs/grow.md tells it step by step.

Stop every server first: while one is connected to either database, nothing is copied. The target must be empty; its
tables are made. Everything is one transaction, which commits after all rows were read back and compared, so an
interrupted copy leaves nothing, and can be run again. The source is not changed.

The URL is written as for LATCHKEY_DATABASE_URL. Other users of the machine can see the arguments of a command: for a URL with a
password give -, and the URL is read from standard input; or leave the password out, and set PGPASSWORD.

  latchkey copy --to - < new-database-url
  latchkey copy --to sqlite:./data/back.db`,
  options: { to: { type: 'string' } },
  async run(call) {
    const config = call.config();
    const to = await readTarget(call);
    const { copyDatabase } = await import('../adapters/store/copy/copy-database.ts');
    const progress = createProgressLine(call);
    let result: CopyResult;
    try {
      result = await copyDatabase(config.databaseUrl, to, (what, table, rows) =>
        progress.show(() => `${what} ${table}: ${count(rows, 'row')}`),
      );
    } finally {
      progress.clear();
    }
    answer(call, result, config);
    return undefined;
  },
};

async function readTarget(call: Call): Promise<string> {
  const given = call.text('to');
  if (given === undefined) throw new UsageError('The usage is: latchkey copy --to URL');
  const text = given === '-' ? await readSecretLine(call.stdio, { question: 'URL: ', noun: 'URL' }) : given;
  try {
    return parseDatabaseUrl(text.trim(), call.cwd);
  } catch (error) {
    throw error instanceof ValueError ? new UsageError(`--to ${error.message}.`) : error;
  }
}

function answer(call: Call, { from, to, tables }: CopyResult, { masterKey, dataDir }: Config): void {
  const rows = Object.values(tables).reduce((sum, n) => sum + n, 0);
  const inFolder = masterKey === undefined;
  const keys = inFolder
    ? `Keep ${join(dataDir, 'keys.json')}: with those keys, everybody stays signed in.`
    : 'Keep LATCHKEY_MASTER_KEY: the keys are in the database, encrypted with it.';
  call.answer({ from, to, rows, tables, keys: inFolder ? 'data_folder' : 'database', data_dir: dataDir }, [
    `Copied ${count(rows, 'row')} of ${count(Object.keys(tables).length, 'table')}; all were read back and are the same.`,
    'Now name the new database in LATCHKEY_DATABASE_URL, and start the server.',
    visible(keys),
  ]);
}
