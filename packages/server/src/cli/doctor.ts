import { access, constants, stat } from 'node:fs/promises';
import { MissingDatabaseError } from '../adapters/store/store-error.ts';
import { type Config, ConfigError } from '../config/config.ts';
import type { Call, Command } from './frame/command.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { reportOf } from './frame/report.ts';

interface Check {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly message: string;
}

/** With a larger difference of clocks, verifiers refuse tokens. Milliseconds. */
const maxSkew = 30_000;

export const command: Command = {
  usage: '',
  help: 'Checks the configuration, the data folder, the database, the keys and the clock. Fails when one is wrong.',
  async run(call) {
    const checks = await runChecks(call);
    const failed = checks.some(({ result }) => result === 'failed');
    call.answer(
      { ok: !failed, checks },
      checks.map(({ name, result, message }) => `${result.padEnd(7)}  ${name}: ${message}`),
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
  const configuration = config.warnings.map(
    (message): Check => ({ name: 'configuration', result: 'warning', message }),
  );
  if (configuration.length === 0)
    configuration.push({ name: 'configuration', result: 'ok', message: 'Every value is well formed.' });
  return [...configuration, await checkFolder(config.dataDir), ...(await checkContext(call))];
}

async function checkFolder(dataDir: string): Promise<Check> {
  const name = 'data folder';
  if (!(await exists(dataDir)))
    return { name, result: 'ok', message: 'There is none yet: the first start creates it.' };
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return { name, result: 'failed', message: `This user cannot read and write ${dataDir}.` };
  }
  const { mode } = await stat(dataDir);
  const open = (mode & 0o022) !== 0;
  return open
    ? { name, result: 'warning', message: `Other users can write to ${dataDir}: run chmod 700 on it.` }
    : { name, result: 'ok', message: `${dataDir} is readable and writable.` };
}

async function checkContext(call: Call): Promise<Check[]> {
  try {
    return await call.withContext(async ({ store, keys, context }) => {
      await store.ping();
      const newest = Math.max(...keys.list().map(({ createTime }) => createTime));
      const behind = newest - context.clock.now() > maxSkew;
      return [
        { name: 'database', result: 'ok', message: 'It answers and has the tables of this version.' },
        { name: 'keys', result: 'ok', message: `${keys.list().length} signing keys are readable.` },
        behind
          ? {
              name: 'clock',
              result: 'failed',
              message: 'A key was created in the future: the clock of this machine is behind.',
            }
          : { name: 'clock', result: 'ok', message: 'It is not behind the newest key.' },
      ];
    });
  } catch (error) {
    if (error instanceof MissingDatabaseError) {
      return [{ name: 'database', result: 'ok', message: 'There is none yet: the first start creates it.' }];
    }
    const { code, message } = reportOf(error).error;
    return [{ name: code === 'KEYS' ? 'keys' : 'database', result: 'failed', message }];
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
