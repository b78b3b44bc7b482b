import type { ParseArgsConfig } from 'node:util';
import type { OpenContext } from '../../app/open-context.ts';
import type { Config } from '../../config/config.ts';

/** Where a command reads and writes; `process` is one. */
export interface Stdio {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** One call of a command, with its arguments read and checked. */
export interface Call {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdio: Stdio;
  /** The option's value; undefined when it was not given. */
  text(option: string): string | undefined;
  flag(option: string): boolean;
  /** What stands after the verb. */
  readonly words: readonly string[];
  /** The settings. Throws a ConfigError. */
  config(): Config;
  /** Runs the work on an open database and closes it whatever happens. */
  withContext<T>(work: (opened: OpenContext) => Promise<T>): Promise<T>;
  /** Prints the result: the value with `--json`, else the lines. */
  answer(value: unknown, lines: readonly string[]): void;
  /** Says something to the person besides the result. */
  note(line: string): void;
}

/** A verb of the command line. */
export interface Command {
  /** What stands after the verb, as the help shows it. */
  readonly usage: string;
  /** What it does, in sentences. */
  readonly help: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** How many words stand after the verb: at least, at most. None unless told. */
  readonly words?: readonly [number, number];
  /** Does it. The exit code, 0 unless told. */
  run(call: Call): Promise<number | undefined>;
}

/** Wrong usage: what is wrong, without the value of any argument, because it may be a password. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
