import { readFileSync } from 'node:fs';
import { createCall } from './create-call.ts';
import { type Command, type Stdio, UsageError } from './frame/command.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { reportOf } from './frame/report.ts';
import { generalHelp, nounHelp, usageOf, verbHelp } from './help.ts';
import { parseArguments, splitAt } from './parse-arguments.ts';
import { suggestVerb } from './suggest-verb.ts';
import { findVerb, type Verb, verbsOf } from './verbs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the command that the arguments name. Resolves to the exit code; a failure has been printed. */
export async function runCommand(args: readonly string[], env: Environment, stdio: Stdio): Promise<number> {
  const json = splitAt(args, '--')[0].includes('--json');
  let command: Command | undefined;
  if (args[0] === 'help' && args.length > 1) return runCommand([...args.slice(1), '--help'], env, stdio);
  try {
    const found = findVerb(args);
    if (found === undefined) return answerWithoutVerb(args, stdio, json);
    ({ command } = await found.verb.load());
    return await runVerb(found.verb, command, found.rest, { env, stdio });
  } catch (error) {
    const { exitCode, error: reported, lines } = reportOf(error, command);
    stdio.stderr.write(json ? `${JSON.stringify({ error: reported })}\n` : `${lines.join('\n')}\n`);
    return exitCode;
  }
}

async function runVerb(
  verb: Verb,
  command: Command,
  rest: string[],
  { env, stdio }: { readonly env: Environment; readonly stdio: Stdio },
): Promise<number> {
  const usage = usageOf(verb.verb, command);
  const parsed = parseArguments(rest, command, usage);
  if (parsed.values.help === true) {
    stdio.stdout.write(verbHelp(verb, command));
    return exitCodes.done;
  }
  const [least, most] = command.words ?? [0, 0];
  const count = parsed.words.length;
  if (count < least || count > most) throw new UsageError(`The usage is: ${usage}`);
  return (await command.run(createCall(command, parsed, env, stdio))) ?? exitCodes.done;
}

const helpWords = ['help', '--help', '-h'];
const versionWords = ['--version', '-v', '-V', 'version'];

/** Prints the version or the help. Throws a UsageError for a verb that does not exist. */
function answerWithoutVerb([first, ...rest]: readonly string[], stdio: Stdio, json: boolean): number {
  if (first !== undefined && versionWords.includes(first)) {
    const version = readVersion();
    stdio.stdout.write(`${json ? JSON.stringify({ version }) : version}\n`);
    return exitCodes.done;
  }
  if (first === undefined || helpWords.includes(first)) return printHelp(generalHelp(), first, stdio);
  const ofNoun = verbsOf(first);
  const [second] = rest;
  if (ofNoun.length > 0 && (second === undefined || helpWords.includes(second))) {
    return printHelp(nounHelp(first, ofNoun), second, stdio);
  }
  // Without what was typed: it could be a password.
  const suggestion = suggestVerb([first, ...rest]);
  const question = suggestion === undefined ? '' : ` Did you mean latchkey ${suggestion}?`;
  const noun = ofNoun.length > 0 ? `${first} ` : '';
  throw new UsageError(`There is no such verb.${question} See latchkey ${noun}--help.`);
}

/** Prints help. Without a word that asks for it, the verb is missing, which is wrong usage. */
function printHelp(text: string, asked: string | undefined, stdio: Stdio): number {
  (asked === undefined ? stdio.stderr : stdio.stdout).write(text);
  return asked === undefined ? exitCodes.usage : exitCodes.done;
}

function readVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
