import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Setting } from './table.ts';
import { ValueError } from './values.ts';

/** What is wrong with the settings, one sentence each, without the value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The values of a table's settings by their keys, and a sentence for each that is unknown or malformed. */
export interface ReadSettings {
  readonly values: Record<string, unknown>;
  readonly problems: string[];
}

/** Reads the settings of a table, each also from a file that `<NAME>_FILE` names. Relative paths begin at `cwd`. */
export function readSettings(
  table: Readonly<Record<string, Setting<unknown>>>,
  env: Environment,
  cwd: string,
): ReadSettings {
  const names = Object.values(table).map(({ name }) => name);
  const problems = unknownNames(env, names);
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(table)) {
    try {
      const text = textOf(setting.name, env, cwd) ?? setting.fallback;
      if (text === '' && setting.fallback !== '') throw new ValueError('is empty: leave it out instead');
      if (text !== undefined) values[key] = setting.parse(text);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.push(`${setting.name} ${error.message}.`);
    }
  }
  return { values, problems };
}

function textOf(name: string, env: Environment, cwd: string): string | undefined {
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

/** Mistyped settings: they would be ignored in silence, and with them what they were to protect. */
function unknownNames(env: Environment, all: readonly string[]): string[] {
  const known = all.filter((name) => name.startsWith('LATCHKEY_'));
  const names = new Set([...known, ...known.map((name) => `${name}_FILE`)]);
  return Object.keys(env)
    .filter((name) => name.startsWith('LATCHKEY_') && !name.startsWith('LATCHKEY_TEST_') && !names.has(name))
    .map((name) => `${name} is not a setting. Did you mean ${nearest(name, [...names])}?`);
}

function nearest(name: string, candidates: readonly string[]): string {
  const distances = candidates.map((candidate) => distance(name, candidate));
  return candidates[distances.indexOf(Math.min(...distances))]!;
}

/** How many letters must be added, removed or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
