import { access, constants, stat } from 'node:fs/promises';
import { type Config, ConfigError } from '../config/config.ts';
import type { Call, Command } from './frame/command.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { reportOf } from './frame/report.ts';

interface Check {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly message: string;
}

/** Clocks that differ by more make verifiers refuse tokens. Milliseconds. */
const maxSkew = 30_000;

export const command: Command = {
  usage: '',
  help: 'Checks the settings, the data folder, the database, the keys and the clock. Fails when one of them is wrong.',
  async run(call) {
    const checks = await examine(call);
    const failed = checks.some(({ result }) => result === 'failed');
    call.answer(
      { ok: !failed, checks },
      checks.map(({ name, result, message }) => `${result.padEnd(7)}  ${name}: ${message}`),
    );
    return failed ? exitCodes.refused : exitCodes.done;
  },
};

async function examine(call: Call): Promise<Check[]> {
  let config: Config;
  try {
    config = call.config();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((message) => ({ name: 'settings', result: 'failed', message }));
  }
  const settings = config.warnings.map(
    (message): Check => ({ name: 'settings', result: 'warning', message }),
  );
  if (settings.length === 0)
    settings.push({ name: 'settings', result: 'ok', message: 'All are well formed.' });
  const folder = await checkFolder(config.dataDir);
  // A check must not be what makes the database.
  const file = config.databaseUrl.startsWith('sqlite:')
    ? config.databaseUrl.slice('sqlite:'.length)
    : undefined;
  if (file !== undefined && !(await exists(file))) {
    const message = 'There is none yet: the first start makes it.';
    return [...settings, folder, { name: 'database', result: 'ok', message }];
  }
  return [...settings, folder, ...(await checkContext(call))];
}

async function checkFolder(dataDir: string): Promise<Check> {
  const name = 'data folder';
  if (!(await exists(dataDir)))
    return { name, result: 'ok', message: 'There is none yet: the first start makes it.' };
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return { name, result: 'failed', message: `${dataDir} cannot be read and written by this user.` };
  }
  const { mode } = await stat(dataDir);
  const open = (mode & 0o022) !== 0;
  return open
    ? { name, result: 'warning', message: `Others can write to ${dataDir}: run chmod 700 on it.` }
    : { name, result: 'ok', message: `${dataDir} can be written.` };
}

async function checkContext(call: Call): Promise<Check[]> {
  try {
    return await call.withContext(async ({ store, keys, context }) => {
      await store.ping();
      const newest = Math.max(...keys.list().map(({ createTime }) => createTime));
      const behind = newest - context.clock.now() > maxSkew;
      return [
        { name: 'database', result: 'ok', message: 'It answers and is of this version.' },
        { name: 'keys', result: 'ok', message: `${keys.list().length} signing keys can be read.` },
        behind
          ? { name: 'clock', result: 'failed', message: 'A key was made in the future: the clock is behind.' }
          : { name: 'clock', result: 'ok', message: 'It is not behind the newest key.' },
      ];
    });
  } catch (error) {
    const { error: told } = reportOf(error);
    return [{ name: told.code === 'KEYS' ? 'keys' : 'database', result: 'failed', message: told.message }];
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
