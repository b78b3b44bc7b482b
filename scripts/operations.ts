/** Fails when an operation of the API has no test of its name in `packages/server/test/api`; `npm run check` runs it. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { endpointsOf, loadOpenApi } from './docs/openapi.ts';
import { missingTests, operationsIn } from './operations/missing-tests.ts';

const server = join(import.meta.dirname, '../packages/server');
const routes = join(server, 'src/api');
const tests = join(server, 'test/api');

/** The folder of the table; one beside the folders has its noun in its name: `discovery-routes.ts`. */
const nounOf = (table: string) =>
  dirname(table) === '.' ? basename(table).split('-')[0]! : dirname(table).split('/')[0]!;

const declared = globSync('**/*.ts', { cwd: routes }).flatMap((table) =>
  operationsIn(readFileSync(join(routes, table), 'utf8')).map((operation) => ({
    operation,
    noun: nounOf(table),
  })),
);
const served = endpointsOf(await loadOpenApi()).map(({ operation }) => operation.operationId);
const files = globSync('**/*.test.ts', { cwd: tests });

const problems = [
  ...served
    .filter((name) => !declared.some(({ operation }) => operation === name))
    .map((name) => `${name} is served, and no file in packages/server/src/api says operation: '${name}'`),
  ...missingTests(declared, new Map(files.map((file) => [file, readFileSync(join(tests, file), 'utf8')]))),
];
console.log(`${served.length} operations are served, and ${files.length} files test them`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 || served.length === 0 ? 1 : 0;
