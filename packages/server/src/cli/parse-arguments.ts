import { parseArgs } from 'node:util';
import { type Command, UsageError } from './frame/command.ts';

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
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { values, words: positionals };
  } catch {
    // Node's own message could quote an argument.
    throw new UsageError(`The usage is: ${usage}`);
  }
}

function splitAt(
  words: readonly string[],
  mark: string,
): [before: readonly string[], after: readonly string[]] {
  const at = words.indexOf(mark);
  return at === -1 ? [words, []] : [words.slice(0, at), words.slice(at + 1)];
}
