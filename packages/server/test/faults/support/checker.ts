import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparesCredentials, refusesWhatEnded, staysRefused, stopsWhenCut } from './checker/acceptance.ts';
import { type Bounds, promised } from './checker/bounds.ts';
import { carriesEachEndOnce, carriesInOrder } from './checker/carrier.ts';
import { hasOneEntryForEachEnd, isAppendOnly, isGapFree } from './checker/log.ts';
import { answersWhenReached, endsWhenReached, keepsTime, refusesNothingElse } from './checker/refusals.ts';
import { tellsOfEveryEnd, tellsOnceInOrder } from './checker/telling.ts';
import { type World, worldOf } from './checker/world.ts';
import type { Operation } from './history.ts';

/** A promise, judged afterwards: what broke it, a sentence each. */
type Rule = (world: World, bounds: Bounds) => string[];

const rules = {
  refusesWhatEnded,
  staysRefused,
  stopsWhenCut,
  comparesCredentials,
  refusesNothingElse,
  keepsTime,
  answersWhenReached,
  endsWhenReached,
  isGapFree,
  isAppendOnly,
  hasOneEntryForEachEnd,
  tellsOnceInOrder,
  tellsOfEveryEnd,
  carriesEachEndOnce,
  carriesInOrder,
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** As violations begin with them. */
export const ruleNames = Object.keys(rules);

/** How a run is judged. */
export interface Judgement {
  readonly bounds?: Partial<Bounds>;
  /** Promises that the run breaks by what it does. */
  readonly without?: readonly RuleName[];
}

/** Every promise that a run has broken, by the rule and what broke it; at most five of a rule, then their number. */
export function violationsOf(history: readonly Operation[], judgement: Judgement = {}): string[] {
  const world = worldOf(history);
  const bounds = { ...promised, ...judgement.bounds };
  return Object.entries(rules).flatMap(([name, rule]) => {
    if (judgement.without?.includes(name as RuleName)) return [];
    const found = rule(world, bounds);
    const shown = found.slice(0, 5).map((what) => `${name}: ${what}`);
    return found.length > 5 ? [...shown, `${name}: ${found.length} in all`] : shown;
  });
}

/** Fails when a run has broken a promise, and leaves its history in a file, to look for the cause. */
export function assertKept(history: readonly Operation[], judgement?: Judgement): void {
  const violations = violationsOf(history, judgement);
  if (violations.length === 0) return;
  const file = join(mkdtempSync(join(tmpdir(), 'latchkey-history-')), 'history.json');
  writeFileSync(file, JSON.stringify(history));
  assert.fail(`promises were broken (the history is in ${file}):\n${violations.join('\n')}`);
}
