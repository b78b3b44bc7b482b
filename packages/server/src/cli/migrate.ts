import type { Command } from './frame/command.ts';

export const command: Command = {
  usage: '',
  help: 'Makes the database when there is none and brings its tables to this version, as `serve` does when it starts.',
  async run(call) {
    await call.withContext(async () => {});
    call.answer({ migrated: true }, ['The database is of this version.']);
    return undefined;
  },
};
