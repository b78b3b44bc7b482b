import type { Command } from './frame/command.ts';

export const command: Command = {
  usage: '',
  help: 'Creates the database if it is missing and brings its tables to this version, as every start of the server does.',
  creates: true,
  async run(call) {
    await call.withContext(async () => {});
    call.answer({ migrated: true }, ['The database is of this version.']);
    return undefined;
  },
};
