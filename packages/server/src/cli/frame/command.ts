import type { ParseArgsConfig } from 'node:util';
import type { OpenContext } from '../../app/open-context.ts';
import type { Config } from '../../config/config.ts';

/** The streams of a command; `process` has them. */
export interface Stdio {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** One call of a command, with parsed arguments. */
export interface Call {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdio: Stdio;
  /** The option's value; undefined when it was not given. */
  text(option: string): string | undefined;
  flag(option: string): boolean;
  /** The words after the verb that are no options. */
  readonly words: readonly string[];
  /** The configuration of the server. Throws a ConfigError. */
  config(): Config;
  /**
   * Runs the work on the open database and closes it in any case. Throws StoreError or KeyError when database or keys
   * are missing, unless the command `creates` them.
   */
  withContext<T>(work: (opened: OpenContext) => Promise<T>): Promise<T>;
  /** Prints the result: the value with `--json`, else the lines. */
  answer(value: unknown, lines: readonly string[]): void;
  /** Prints a line for the user on standard error, beside the result. */
  note(line: string): void;
}

/** A verb of the command line. */
export interface Command {
  /** What follows the verb, as the help shows it. */
  readonly usage: string;
  /** What it does, in sentences. Indented paragraphs are examples. */
  readonly help: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** Whether it is a first step of an installation: creates database and keys where they are missing. */
  readonly creates?: true;
  /** What NOT_FOUND is about, such as `account`. */
  readonly subject?: string;
  /** How this command line names a field that the domain refuses: the option, the word of the usage, or a noun. */
  readonly fields?: Readonly<Record<string, string>>;
  /** How many words follow the verb, at least and at most. None by default. */
  readonly words?: readonly [number, number];
  /** Runs it. Resolves to the exit code; undefined is 0. */
  run(call: Call): Promise<number | undefined>;
}

/** What the person did not agree to, or could not be asked: what would be done, in a sentence. */
export class UnconfirmedError extends Error {
  override readonly name = 'UnconfirmedError';
}

/** What is wrong with the arguments. Never contains an argument, which may be a password. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
