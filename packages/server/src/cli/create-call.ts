import type { OpenContext } from '../app/open-context.ts';
import { loadConfig } from '../config/config.ts';
import type { Call, Command, Stdio } from './frame/command.ts';
import type { ParsedArguments } from './parse-arguments.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Creates what a command is called with. */
export function createCall(
  { creates }: Command,
  { values, words }: ParsedArguments,
  env: Environment,
  stdio: Stdio,
): Call {
  const cwd = process.cwd();
  const config = () => loadConfig(env, { cwd });

  async function withContext<T>(work: (opened: OpenContext) => Promise<T>): Promise<T> {
    const loaded = config();
    const [{ openContext }, { pino }] = await Promise.all([import('../app/open-context.ts'), import('pino')]);
    // Standard output is only for the result.
    const logger = pino({ level: 'warn', base: null }, stdio.stderr);
    const opened = await openContext(loaded, { logger, mustExist: creates !== true });
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }

  return {
    env,
    cwd,
    stdio,
    words,
    text: (option) => (values[option] === undefined ? undefined : String(values[option])),
    flag: (option) => values[option] === true,
    config,
    withContext,
    answer(value, lines) {
      const text = values.json === true ? [JSON.stringify(value)] : lines;
      stdio.stdout.write(text.map((line) => `${line}\n`).join(''));
    },
    note: (line) => void stdio.stderr.write(`${line}\n`),
  };
}
