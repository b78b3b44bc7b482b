import { distance, nearest } from '../config/nearest.ts';
import { verbs, verbsOf } from './verbs.ts';

/** The verb, or only its noun, that mistyped arguments may have meant; undefined when none is near. */
export function suggestVerb([first = '', second = '']: readonly string[]): string | undefined {
  const firstWords = verbs.flatMap(({ verb, alias = [] }) => [verb.split(' ')[0]!].concat(alias));
  const noun = findNear(first, firstWords);
  if (noun === undefined) return undefined;
  const secondWords = verbsOf(noun).map(({ verb }) => verb.split(' ')[1]!);
  const word = findNear(second, secondWords);
  if (word !== undefined) return `${noun} ${word}`;
  return noun === first ? undefined : noun;
}

/** The nearest candidate, when at least half of it was typed right. */
export function findNear(text: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const found = nearest(text, candidates);
  return distance(text, found) * 2 <= found.length ? found : undefined;
}
