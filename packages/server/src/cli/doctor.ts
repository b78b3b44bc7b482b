import { type Config, ConfigError } from '../config/config.ts';
import { type Check, withinLimit } from './doctor/check.ts';
import { checkMail, checkRedis } from './doctor/check-carriers.ts';
import { checkDatabase } from './doctor/check-database.ts';
import { checkFolder } from './doctor/check-folder.ts';
import { checkPublicUrl } from './doctor/check-public-url.ts';
import type { Call, Command } from './frame/command.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { line } from './frame/show.ts';

export const command: Command = {
  usage: '',
  help: `Checks the configuration, the data folder, the space on its disk, the database, the keys, the clock, the public URL,
and, where they are set, the mail server and Redis. It connects to each, and changes and sends nothing. A check that
gets no answer fails after a few seconds.

Exits with 1 when a check has failed, whichever it is. A warning is no failure: with warnings only, it exits with 0.`,
  async run(call) {
    const checks = await runChecks(call);
    const failed = checks.some(({ result }) => result === 'failed');
    call.answer(
      { ok: !failed, checks },
      checks.map(({ name, result, message }) => line(result.padEnd(7), `${name}: ${message}`)),
    );
    return failed ? exitCodes.refused : exitCodes.done;
  },
};

async function runChecks(call: Call): Promise<Check[]> {
  let config: Config;
  try {
    config = call.config();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((message) => ({ name: 'configuration', result: 'failed', message }));
  }
  const parts = await Promise.all([
    withinLimit('data folder', checkFolder(config.dataDir)),
    withinLimit('database', checkDatabase(call, config)),
    withinLimit('public URL', checkPublicUrl(config)),
    withinLimit('mail server', checkMail(config)),
    withinLimit('Redis', checkRedis(call, config)),
  ]);
  return [...checkConfiguration(config), ...parts.flat()];
}

function checkConfiguration({ warnings, ignored }: Config): Check[] {
  const name = 'configuration';
  const left = ignored.map((message): Check => ({ name: 'environment', result: 'ok', message }));
  if (warnings.length === 0) return [{ name, result: 'ok', message: 'Every value is well formed.' }, ...left];
  return [...warnings.map((message): Check => ({ name, result: 'warning', message })), ...left];
}
