import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearest } from './nearest.ts';
import type { ConfigVariable } from './table.ts';
import { ValueError } from './values.ts';

/** What is wrong with the configuration: one sentence for each problem, without the value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The values by their keys, and a sentence for each variable that is unknown or malformed. */
export interface ReadResult {
  readonly values: Record<string, unknown>;
  readonly problems: string[];
}

/** The names of the variables of another process of Latchkey, and what it is called. */
export interface OtherProcess {
  readonly title: string;
  readonly names: readonly string[];
}

/**
 * Reads the variables of a table, and the files that `<NAME>_FILE` names. Relative paths start at `cwd`. A variable that
 * only `other` has is refused as such.
 */
export function readVariables(
  table: Readonly<Record<string, ConfigVariable<unknown>>>,
  env: Environment,
  cwd: string,
  other?: OtherProcess,
): ReadResult {
  const names = Object.values(table).map(({ name }) => name);
  const problems = findUnknownNames(env, names, other);
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(table)) {
    try {
      const text = readText(variable.name, env, cwd) ?? variable.fallback;
      if (text === '' && variable.fallback !== '') throw new ValueError('is empty: leave it out instead');
      if (text !== undefined) values[key] = variable.parse(text);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.push(`${variable.name} ${error.message}.`);
    }
  }
  return { values, problems };
}

function readText(name: string, env: Environment, cwd: string): string | undefined {
  const file = name.startsWith('LATCHKEY_') ? env[`${name}_FILE`] : undefined;
  if (file === undefined) return env[name];
  if (env[name] !== undefined) throw new ValueError(`and ${name}_FILE are both set: leave one out`);
  try {
    return readFileSync(resolve(cwd, file), 'utf8').trim();
  } catch (error) {
    throw new ValueError(
      `cannot be read from the file that ${name}_FILE names (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

/** Finds mistyped names: ignoring them would silently drop what they were meant to protect. */
function findUnknownNames(env: Environment, all: readonly string[], other?: OtherProcess): string[] {
  const names = withFiles(all);
  const foreign = withFiles(other?.names ?? []);
  return Object.keys(env)
    .filter((name) => name.startsWith('LATCHKEY_') && !name.startsWith('LATCHKEY_TEST_') && !names.has(name))
    .map((name) =>
      foreign.has(name)
        ? `${name} is a variable of ${other?.title}: leave it out here.`
        : `${name} is unknown. Did you mean ${nearest(name, [...names])}?`,
    );
}

/** The names that begin with LATCHKEY_, and those of their files. */
function withFiles(all: readonly string[]): ReadonlySet<string> {
  const known = all.filter((name) => name.startsWith('LATCHKEY_'));
  return new Set([...known, ...known.map((name) => `${name}_FILE`)]);
}
