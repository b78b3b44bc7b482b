import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockMutations } from './clock.ts';
import type { Mutation } from './mutation.ts';
import { serverMutations } from './server.ts';
import { verifierMutations } from './verifier.ts';

export const mutations: readonly Mutation[] = [...serverMutations, ...verifierMutations, ...clockMutations];

/** The mutation's file as it becomes. Throws an Error when what it looks for is not there exactly once. */
export function mutated(root: string, { file, find, replace, what }: Mutation): string {
  const text = readFileSync(join(root, file), 'utf8');
  const count = text.split(find).length - 1;
  if (count !== 1) throw new Error(`"${what}": ${file} has ${count} times instead of once: ${find}`);
  return text.replace(find, () => replace);
}
