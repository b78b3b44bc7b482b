import { columns } from './frame/columns.ts';
import type { Command } from './frame/command.ts';
import { exitCodeSentences, exitCodes } from './frame/exit-codes.ts';
import { type Verb, verbs } from './verbs.ts';

/** The help of the whole command line. */
export function generalHelp(): string {
  return `Usage: latchkey <verb> [options]
       latchkey --version

Verbs:
${listVerbs(verbs)}

Every verb takes --json, for output that programs read, and --help.
The configuration comes from environment variables: see latchkey config --help.

${exitCodeHelp()}
`;
}

/** The help of the verbs of one noun. */
export function nounHelp(noun: string, ofNoun: readonly Verb[]): string {
  return `Usage: latchkey ${noun} <verb> [options]

Verbs:
${listVerbs(ofNoun)}

See latchkey ${noun} <verb> --help.
`;
}

/** The help of one verb. */
export function verbHelp({ verb, alias }: Verb, command: Command): string {
  return `Usage: ${usageOf(verb, command)} [--json] [--help]
${alias === undefined ? '' : `Alias: latchkey ${alias}\n`}
${command.help}

${exitCodeHelp()}
`;
}

/** The command line of a verb, without the options that every verb takes. */
export function usageOf(verb: string, { usage }: Command): string {
  return ['latchkey', verb, usage].filter(Boolean).join(' ');
}

/** The summary, with the alias. */
export function summaryOf({ summary, alias }: Verb): string {
  return alias === undefined ? summary : `${summary} Alias: ${alias}.`;
}

function listVerbs(listed: readonly Verb[]): string {
  return columns(listed.map((verb) => [verb.verb, summaryOf(verb)]));
}

function exitCodeHelp(): string {
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  return `Exit codes:\n${columns(names.map((name) => [String(exitCodes[name]), exitCodeSentences[name]]))}`;
}
