import { columns } from './frame/columns.ts';
import type { Command } from './frame/command.ts';
import { exitCodeSentences, exitCodes } from './frame/exit-codes.ts';
import { verbs } from './verbs.ts';

/** The help of the whole program. */
export function generalHelp(): string {
  return `Usage: latchkey <verb> [options]

Verbs:
${columns(verbs.map(({ verb, summary }) => [verb, summary]))}

Every verb takes --json, for output that programs read, and --help.
Settings come from the environment, LATCHKEY_* and PORT and HOST: see latchkey config --help.

${exitCodeHelp()}
`;
}

/** The help of one verb. */
export function verbHelp(verb: string, command: Command): string {
  return `Usage: latchkey ${[verb, command.usage].filter(Boolean).join(' ')} [--json] [--help]

${command.help}

${exitCodeHelp()}
`;
}

function exitCodeHelp(): string {
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  return `Exit codes:\n${columns(names.map((name) => [String(exitCodes[name]), exitCodeSentences[name]]))}`;
}
