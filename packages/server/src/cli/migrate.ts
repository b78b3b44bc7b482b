import type { Command } from './frame/command.ts';

export const command: Command = {
  usage: '[--compact]',
  help: `Creates the database if it is missing and brings its tables to this version, as every start of the server does.

With --compact, it also writes the file of SQLite anew, as small as can be. Once that is done, the file of an earlier
version gets smaller by itself as well. This needs as much free space as the file has, in its folder and in that for
temporary files (/var/tmp), and a running server refuses what would write to it meanwhile: about a second for each
100 MiB. PostgreSQL looks after its space by itself.`,
  options: { compact: { type: 'boolean' } },
  creates: true,
  async run(call) {
    const compacted = await call.withContext(
      async ({ store }) => call.flag('compact') && (await store.compact()),
    );
    const lines = ['The database is of this version.', ...(compacted ? ['It is as small as can be.'] : [])];
    call.answer({ migrated: true, ...(call.flag('compact') && { compacted }) }, lines);
    return undefined;
  },
};
