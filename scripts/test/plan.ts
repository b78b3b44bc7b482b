import { globSync } from 'node:fs';

/** Files that one process of Node's test runner runs. */
export interface Run {
  readonly files: readonly string[];
  /** Whether they share that process, or each gets one of its own. */
  readonly shared: boolean;
}

const everything = [
  'packages/*/src/**/*.test.ts',
  'packages/*/test/**/*.test.ts',
  'scripts/**/*.test.ts',
  'examples/*/*.test.ts',
  'compat/*/*.test.ts',
];

/** The folders whose tests start the service in their own process: it is loaded once for all of them. */
const sharing = /(^|\/)packages\/server\/test\/(access|api|races|service|stores|surface)\//;

/** How many processes the files that share one are dealt to, side by side. */
const shares = 2;

/** The runs, in two steps: those that share a process, side by side, and then those that do not. */
export function planRuns(patterns: readonly string[], cwd: string): { sideBySide: Run[]; last: Run } {
  const exclude = ['**/node_modules/**', '**/dist/**'];
  const filesOf = (pattern: string) => globSync(pattern, { cwd, exclude }).sort();
  const none = patterns.find((pattern) => filesOf(pattern).length === 0);
  if (none !== undefined) throw new Error(`There is no ${none}.`);
  const files = [...new Set((patterns.length > 0 ? patterns : everything).flatMap(filesOf))];
  const together = files.filter((file) => sharing.test(file));
  const dealt = Array.from({ length: shares }, (_, i) => together.filter((_file, at) => at % shares === i));
  return {
    sideBySide: dealt.filter(({ length }) => length > 0).map((share) => ({ files: share, shared: true })),
    last: { files: files.filter((file) => !together.includes(file)), shared: false },
  };
}
