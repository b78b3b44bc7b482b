import type * as v from './values.ts';

type Unit = 'duration' | 'characters' | 'threads' | 'certificates';

/** One variable of the configuration, as it is declared. */
export interface ConfigVariable<T> {
  readonly name: string;
  /** The default, parsed like any other text. */
  readonly fallback?: string;
  /** How the docs describe a default that depends on other variables. */
  readonly defaultText?: string;
  readonly description: string;
  /** What it counts. A duration is read as seconds or with a unit, and kept in milliseconds. */
  readonly unit?: Unit;
  readonly secret?: true;
  readonly parse: v.Parse<T>;
}

/** A variable as the docs and the help show it. */
export interface ConfigVariableInfo<Key extends string = string> {
  readonly key: Key;
  readonly name: string;
  readonly description: string;
  /** The default; absent when there is none. */
  readonly defaultText?: string;
  readonly unit?: Unit;
  readonly secret: boolean;
}

/** Describes the variables of a table, in its order. */
export function describeVariables<Key extends string>(
  declared: Readonly<Record<Key, ConfigVariable<unknown>>>,
): readonly ConfigVariableInfo<Key>[] {
  return Object.entries<ConfigVariable<unknown>>(declared).map(([key, variable]) => {
    const { name, description, fallback, defaultText = fallback, unit, secret = false } = variable;
    const row = { key: key as Key, name, description, secret };
    return { ...row, ...(defaultText && { defaultText }), ...(unit && { unit }) };
  });
}
