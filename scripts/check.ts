/**
 * `npm run check`: what can be found wrong with the code without running it. Runs every part, also after a failure, and
 * fails when any part does.
 */
import { spawnSync } from 'node:child_process';

interface Part {
  readonly name: string;
  readonly command: readonly string[];
  /** What is wrong although the command succeeded; undefined when nothing is. */
  readonly doubt?: (output: string) => string | undefined;
}

const parts: readonly Part[] = [
  // Not committed, so they may be older than the routes, or missing.
  { name: 'generated types', command: ['node', 'packages/client/scripts/generate.ts'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  {
    name: 'who imports whom',
    command: ['depcruise', 'packages', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
    // A parser that cannot read the code finds nothing wrong with it.
    doubt: (output) => {
      const [, modules, dependencies] = /\((\d+) modules, (\d+) dependencies cruised\)/.exec(output) ?? [];
      const seen = Number(modules) >= 150 && Number(dependencies) >= 400;
      return seen
        ? undefined
        : `only ${modules ?? 0} modules and ${dependencies ?? 0} dependencies were seen`;
    },
  },
  { name: 'the API document', command: ['node', 'scripts/lint-api.ts'] },
  { name: 'layout', command: ['node', 'scripts/layout.ts'] },
  { name: 'a test for each operation', command: ['node', 'scripts/operations.ts'] },
  { name: 'unused code', command: ['knip'] },
];

let failed = false;
for (const { name, command, doubt } of parts) {
  const [program, ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program!, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const output = `${stdout ?? ''}${stderr ?? ''}`;
  const problem = error?.message ?? (status === 0 ? doubt?.(output) : `exit code ${status}`);
  console.log(problem === undefined ? `ok      ${name}` : `FAILED  ${name}: ${problem}\n${output}`);
  failed ||= problem !== undefined;
}
process.exitCode = failed ? 1 : 0;
