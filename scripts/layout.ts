/**
 * Counts how the server's source hangs together, by folder, and fails when it got worse; `npm run check` runs it. Who may
 * import whom is in .dependency-cruiser.cjs: this sees the whole, which no rule about two files does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { type Import, measureLayout } from './layout/measure.ts';
import { differencesOf } from './layout/tree.ts';

const root = join(import.meta.dirname, '..');
const source = 'packages/server/src';
const require = createRequire(import.meta.url);
const { groups, beside } = require('./layout/groups.cjs') as Record<'groups' | 'beside', string[]>;
const { options } = require('../.dependency-cruiser.cjs') as { options: object };

/** What was reached: a change may lower these, and has to give a reason to raise one. */
const limits = { entries: 15, arrows: 63, upwards: 6 };

async function readImports(): Promise<Import[]> {
  const { output } = await cruise([source], { ...options, baseDir: root });
  const relative = (path: string) => path.slice(source.length + 1);
  return (output as ICruiseResult).modules
    .filter((module) => module.source.startsWith(source))
    .flatMap((module) =>
      module.dependencies
        .filter(({ resolved }) => resolved.startsWith(source))
        .map(({ resolved, dependencyTypes }) => ({
          from: relative(module.source),
          to: relative(resolved),
          typeOnly: dependencyTypes.includes('type-only'),
        })),
    )
    .filter(({ from }) => !from.endsWith('/testing.ts'));
}

const entries = readdirSync(join(root, source));
const imports = await readImports();
const { arrows, upwards, upwardValues, cycles } = measureLayout(imports, groups);

const page = 'docs/development/architecture.md';
const problems = [
  ...differencesOf(readFileSync(join(root, page), 'utf8'), source, root).map((text) => `${page}: ${text}`),
  ...entries
    .filter((name) => ![...groups, ...beside].includes(name))
    .map((name) => `${name} has no place in the order of scripts/layout/groups.cjs`),
  ...upwardValues.map((arrow) => `${arrow} runs back up and is more than types`),
  ...cycles.map((cycle) => `a circle of values: ${cycle.join(', ')}`),
  ...Object.entries({ entries, arrows, upwards }).flatMap(([name, found]) => {
    const limit = limits[name as keyof typeof limits];
    return found.length > limit ? [`${found.length} ${name}, at most ${limit}: ${found.join('; ')}`] : [];
  }),
];

console.log(
  `${entries.length} entries, ${arrows.length} arrows between them, ${upwards.length} back up (types only), ` +
    `${cycles.length} circles of values; ${imports.length} imports seen`,
);
for (const problem of problems) console.error(problem);
if (imports.length < 1000) problems.push(`only ${imports.length} imports were seen`);
process.exitCode = problems.length > 0 ? 1 : 0;
