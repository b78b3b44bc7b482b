import { parseArgs } from 'node:util';
import { type Command, UsageError } from './frame/command.ts';
import { findNear } from './suggest-verb.ts';

/** The options and words after a verb. */
export interface ParsedArguments {
  readonly values: Readonly<Record<string, unknown>>;
  readonly words: readonly string[];
}

/** An id of a session or key, or a session credential. They are random, so one in 64 begins with a dash. */
const idLike = /^-[\w-]{21}(?:[\w-]{21}|\.[\w-]{43})?$/;

/** Parses what stands after the verb. Throws a UsageError with the usage, without quoting an argument. */
export function parseArguments(rest: readonly string[], command: Command, usage: string): ParsedArguments {
  if (rest.some((word) => /^--password(?:$|=)/.test(word))) {
    throw new UsageError(
      'A password cannot be an argument, which other users can see: pipe it in, with --password-stdin.',
    );
  }
  const common = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const options = { ...command.options, ...common };
  const [before, after] = splitAt(rest, '--');
  const isId = (word: string) => idLike.test(word) && !Object.hasOwn(options, word.slice(2));
  const args = [...before.filter((word) => !isId(word)), '--', ...before.filter(isId), ...after];
  // Not strict: Node's own messages could quote an argument.
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const problem = problemOf(token, options, seen);
    if (problem !== undefined) throw new UsageError(`${problem} The usage is: ${usage}`);
    seen.add(token.name);
  }
  return { values, words: positionals };
}

interface OptionToken {
  readonly name: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** What is wrong with an option, in a sentence that only names options that exist. */
function problemOf(
  { name, value, inlineValue }: OptionToken,
  options: NonNullable<Command['options']>,
  seen: ReadonlySet<string>,
): string | undefined {
  const option = options[name];
  if (option === undefined) {
    const near = findNear(name, Object.keys(options));
    return `There is no such option.${near === undefined ? '' : ` Did you mean --${near}?`}`;
  }
  if (option.type === 'boolean') return value === undefined ? undefined : `--${name} takes no value.`;
  if (value === undefined || (value === '--' && !inlineValue)) return `--${name} needs a value.`;
  if (!inlineValue && value.startsWith('-') && value.length > 1) {
    return `--${name} needs a value; write one that begins with a dash as --${name}=VALUE.`;
  }
  return seen.has(name) ? `--${name} is given twice.` : undefined;
}

/** The words before the first one that is the mark, and those after it. */
export function splitAt(
  words: readonly string[],
  mark: string,
): [before: readonly string[], after: readonly string[]] {
  const at = words.indexOf(mark);
  return at === -1 ? [words, []] : [words.slice(0, at), words.slice(at + 1)];
}
