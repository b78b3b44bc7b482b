import { resolve } from 'node:path';
import { type Environment, findIgnored, givenVariables, isOurs } from './environment.ts';
import { nearest } from './nearest.ts';
import { readValueFile } from './read-value-file.ts';
import { ValueError } from './values.ts';
import type { ConfigVariable } from './variable.ts';

/** What is wrong with the configuration: one sentence for each problem, without the value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

type Given = Readonly<Record<string, string>>;

/** The values by their keys, a sentence for each variable that is unknown or malformed, and for those that do not count. */
export interface ReadResult {
  readonly values: Record<string, unknown>;
  readonly problems: string[];
  readonly ignored: readonly string[];
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
  const given = givenVariables(env);
  const problems = findUnknownNames(given, names, other);
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(table)) {
    try {
      const text = readText(variable.name, given, cwd) ?? variable.fallback;
      if (text !== undefined) values[key] = variable.parse(text);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.push(`${variable.name} ${error.message}.`);
    }
  }
  return { values, problems, ignored: findIgnored(env, names) };
}

/** Where the value of a variable comes from. */
export function sourceOf(name: string, env: Environment): 'file' | 'environment' | 'default' {
  const given = givenVariables(env);
  if (fileOf(name, given) !== undefined) return 'file';
  return given[name] === undefined ? 'default' : 'environment';
}

function fileOf(name: string, given: Given): string | undefined {
  return name.startsWith('LATCHKEY_') ? given[`${name}_FILE`] : undefined;
}

function readText(name: string, given: Given, cwd: string): string | undefined {
  const file = fileOf(name, given);
  if (file === undefined) return given[name];
  if (given[name] !== undefined) throw new ValueError(`and ${name}_FILE are both set: leave one out`);
  return readValueFile(name, resolve(cwd, file));
}

/** Finds mistyped names: ignoring them would silently drop what they were meant to protect. */
function findUnknownNames(given: Given, all: readonly string[], other?: OtherProcess): string[] {
  const names = withFiles(all);
  const foreign = new Set(withFiles(other?.names ?? []));
  return Object.keys(given)
    .filter((name) => isOurs(name, all) && !names.includes(name))
    .map((name) =>
      foreign.has(name)
        ? `${name} is a variable of ${other?.title}: leave it out here.`
        : `${name} is unknown. Did you mean ${nearestName(name, names)}?`,
    );
}

/** The known name that is most alike, whether or not it has the prefix: LATCHKEY_PORT may be meant for PORT. */
function nearestName(name: string, names: readonly string[]): string {
  const bare = (text: string) => text.replace(/^LATCHKEY_/, '');
  const byBare = new Map(names.map((known) => [bare(known), known]));
  return byBare.get(nearest(bare(name), [...byBare.keys()]))!;
}

/** The names, and those of the files for the ones that begin with LATCHKEY_. */
function withFiles(all: readonly string[]): readonly string[] {
  const ours = all.filter((name) => name.startsWith('LATCHKEY_'));
  return [...all, ...ours.map((name) => `${name}_FILE`)];
}
