/**
 * Runs every test, on SQLite and on a PostgreSQL that it finds or makes. Arguments go to Node's test runner: files
 * instead of all of them, or its options.
 */
import { spawn } from 'node:child_process';
import { startCluster } from './postgres.ts';

const everything = [
  'packages/*/src/**/*.test.ts',
  'packages/*/test/**/*.test.ts',
  'scripts/**/*.test.ts',
  'examples/*/*.test.ts',
  'compat/*/*.test.ts',
];

const given = process.argv.slice(2);
const files = given.filter((argument) => /\.test\.ts$|[*]/.test(argument) && !argument.startsWith('-'));
const options = given.filter((argument) => !files.includes(argument));

async function main(): Promise<number> {
  const own = process.env.LATCHKEY_TEST_POSTGRES_URL ? undefined : await startCluster();
  const postgres = own && { LATCHKEY_TEST_POSTGRES_URL: own.url, LATCHKEY_TEST_POSTGRES_THROWAWAY: '1' };
  const runner = spawn(
    process.execPath,
    [
      '--test',
      '--test-reporter=spec',
      '--test-concurrency=2',
      '--test-timeout=120000',
      ...options,
      ...(files.length > 0 ? files : everything),
    ],
    { stdio: 'inherit', env: { ...process.env, ...postgres } },
  );
  // Ctrl-C reaches the runner as well; this process stays to remove the server when the runner has ended.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal));
  const code = await new Promise<number>((resolve) => {
    runner.on('exit', (status) => resolve(status ?? 1));
  });
  await own?.remove();
  return code;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
