import { parseArgs } from 'node:util';
import { loadConfig } from '../config/config.ts';
import { type Call, type Command, type Stdio, UsageError } from './frame/command.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { reportOf } from './frame/report.ts';
import { generalHelp, verbHelp } from './help.ts';
import { findVerb } from './verbs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the command that the arguments name. The exit code; whatever goes wrong has been printed. */
export async function runCommand(args: readonly string[], env: Environment, stdio: Stdio): Promise<number> {
  const json = args.includes('--json');
  try {
    return await dispatch(args, env, stdio);
  } catch (error) {
    const { exitCode, error: told, lines } = reportOf(error);
    stdio.stderr.write(json ? `${JSON.stringify({ error: told })}\n` : `${lines.join('\n')}\n`);
    return exitCode;
  }
}

async function dispatch(args: readonly string[], env: Environment, stdio: Stdio): Promise<number> {
  const found = findVerb(args);
  if (found === undefined) {
    if (args.length > 0 && !['help', '--help', '-h'].includes(args[0]!)) {
      throw new UsageError('There is no such verb. See latchkey --help.');
    }
    (args.length > 0 ? stdio.stdout : stdio.stderr).write(generalHelp());
    return args.length > 0 ? exitCodes.done : exitCodes.usage;
  }
  const { verb } = found.verb;
  const { command } = await found.verb.load();
  const parsed = parse(verb, command, found.rest);
  if (parsed.values.help === true) {
    stdio.stdout.write(verbHelp(verb, command));
    return exitCodes.done;
  }
  const [least, most] = command.words ?? [0, 0];
  const count = parsed.positionals.length;
  if (count < least || count > most) throw wrongUsage(verb, command);
  return (await command.run(newCall(parsed, env, stdio))) ?? exitCodes.done;
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

/** The id of a session or a key, or a session credential: they are random, so one in 64 begins with a dash. */
const idLike = /^-[\w-]{21}(?:[\w-]{21}|\.[\w-]{43})?$/;

function splitAt(
  words: readonly string[],
  mark: string,
): [before: readonly string[], after: readonly string[]] {
  const at = words.indexOf(mark);
  return at === -1 ? [words, []] : [words.slice(0, at), words.slice(at + 1)];
}

function parse(verb: string, command: Command, rest: string[]): Parsed {
  if (rest.some((word) => /^--password(?:$|=)/.test(word))) {
    throw new UsageError(
      'A password is never an argument, which others can see: pipe it in, with --password-stdin.',
    );
  }
  const common = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const options = { ...command.options, ...common };
  const [before, after] = splitAt(rest, '--');
  const isId = (word: string) => idLike.test(word) && !Object.hasOwn(options, word.slice(2));
  const args = [...before.filter((word) => !isId(word)), '--', ...before.filter(isId), ...after];
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    // Node's own message could quote an argument.
    throw wrongUsage(verb, command);
  }
}

function wrongUsage(verb: string, command: Command): UsageError {
  return new UsageError(`The usage is: latchkey ${[verb, command.usage].filter(Boolean).join(' ')}`);
}

function newCall({ values, positionals: words }: Parsed, env: Environment, stdio: Stdio): Call {
  const cwd = process.cwd();
  const config = () => loadConfig(env, { cwd });
  return {
    env,
    cwd,
    stdio,
    words,
    text: (option) => (values[option] === undefined ? undefined : String(values[option])),
    flag: (option) => values[option] === true,
    config,
    async withContext(work) {
      const settings = config();
      const [{ openContext }, { pino }] = await Promise.all([
        import('../app/open-context.ts'),
        import('pino'),
      ]);
      // The result has standard output for itself.
      const opened = await openContext(settings, {
        logger: pino({ level: 'warn', base: null }, stdio.stderr),
      });
      try {
        return await work(opened);
      } finally {
        await opened.close();
      }
    },
    answer(value, lines) {
      const text = values.json === true ? [JSON.stringify(value)] : lines;
      stdio.stdout.write(text.map((line) => `${line}\n`).join(''));
    },
    note: (line) => void stdio.stderr.write(`${line}\n`),
  };
}
