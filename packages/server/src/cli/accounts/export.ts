import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { accountLineJson } from '../../api/import-export/account-line-json.ts';
import { exportAccounts } from '../../import-export/export-accounts.ts';
import type { Context } from '../../kernel/context.ts';
import type { Command } from '../frame/command.ts';
import { count } from '../frame/show.ts';

export const command: Command = {
  usage: '[--with-hashes]',
  help: `Writes all accounts to standard output as JSON Lines, which \`accounts import\` can read. Only --with-hashes includes
password hashes. A reader of the hashes can try passwords without a limit, so protect the file.

  (umask 077; latchkey accounts export --with-hashes > people.jsonl)`,
  options: { 'with-hashes': { type: 'boolean' } },
  async run(call) {
    let written = 0;
    async function* texts(context: Context): AsyncGenerator<string> {
      for await (const accounts of exportAccounts(context)) {
        written += accounts.length;
        yield accounts
          .map((whole) => `${JSON.stringify(accountLineJson(whole, call.flag('with-hashes')))}\n`)
          .join('');
      }
    }
    const complete = await call.withContext(({ context }) =>
      writeAll(Readable.from(texts(context)), call.stdio.stdout),
    );
    if (complete)
      call.note(call.flag('json') ? JSON.stringify({ accounts: written }) : `${count(written, 'account')}.`);
    return undefined;
  },
};

/** Writes everything. False when the reader closed the pipe, because it has read enough. */
async function writeAll(source: Readable, target: NodeJS.WritableStream): Promise<boolean> {
  try {
    await pipeline(source, target, { end: false });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return false;
    throw error;
  }
}
