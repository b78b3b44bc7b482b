/**
 * Runs every test, on SQLite and on a PostgreSQL that it finds or makes. Arguments go to Node's test runner: files
 * instead of all of them, or its options. Up to three runners work on them, and each writes the file of a reporter of your
 * own anew: give one group of files to such a reporter.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { startCluster } from './postgres.ts';
import { type Counts, closingLines } from './test/counts.ts';
import { planRuns, type Run } from './test/plan.ts';

const given = process.argv.slice(2);
const patterns = given.filter((argument) => /\.test\.ts$|[*]/.test(argument) && !argument.startsWith('-'));
const options = given.filter((argument) => !patterns.includes(argument));

const folder = mkdtempSync(join(tmpdir(), 'latchkey-tests-'));
// Some tests start a process as another user, which has to reach its own folder in this one.
chmodSync(folder, 0o711);
const running = new Set<ChildProcess>();
/** Where each run leaves its counts. */
const reports: string[] = [];

/** Starts Node's test runner on the files. */
function start({ files, shared }: Run, env: NodeJS.ProcessEnv, stdout: 'inherit' | 'pipe'): ChildProcess {
  const report = join(folder, `${reports.length}.json`);
  reports.push(report);
  const reporters = [
    ['--test-reporter=spec', '--test-reporter-destination=stdout'],
    [`--test-reporter=${join(import.meta.dirname, 'test/count-reporter.ts')}`],
    [`--test-reporter-destination=${report}`],
  ];
  const isolation = shared ? ['--test-isolation=none'] : ['--test-concurrency=2'];
  const runner = spawn(
    process.execPath,
    ['--test', ...reporters.flat(), ...isolation, '--test-timeout=120000', ...options, ...files],
    { stdio: ['inherit', stdout, 'inherit'], env },
  );
  running.add(runner);
  runner.on('exit', () => running.delete(runner));
  return runner;
}

const exitOf = (runner: ChildProcess) =>
  new Promise<number>((resolve) => {
    runner.on('exit', (status) => resolve(status ?? 1));
  });

/** Runs them side by side. What the first says is shown at once, what the others say when those before them are done. */
async function runSideBySide(runs: readonly Run[], env: NodeJS.ProcessEnv): Promise<number[]> {
  const started = runs.map((run, i) => {
    const runner = start(run, env, i === 0 ? 'inherit' : 'pipe');
    return { exit: exitOf(runner), output: runner.stdout && readText(runner.stdout) };
  });
  const statuses: number[] = [];
  for (const { exit, output } of started) {
    statuses.push(await exit);
    if (output) process.stdout.write(await output);
  }
  return statuses;
}

function closing(duration: number): string {
  const done = reports.filter(existsSync);
  const all = done.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Counts);
  const cut = reports.length - done.length;
  return `${cut > 0 ? `${cut} ended without counting their tests.\n` : ''}${closingLines(all, duration)}`;
}

async function main(): Promise<number> {
  const { sideBySide, last } = planRuns(patterns, process.cwd());
  const own = process.env.LATCHKEY_TEST_POSTGRES_URL ? undefined : await startCluster();
  const postgres = own && { LATCHKEY_TEST_POSTGRES_URL: own.url, LATCHKEY_TEST_POSTGRES_THROWAWAY: '1' };
  // What tests put into the temporary folder goes with ours.
  const env = { ...process.env, ...postgres, TMPDIR: folder };
  // Ctrl-C reaches the runners as well; this process stays to remove the server when they have ended.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      for (const runner of running) runner.kill(signal);
    });
  const since = performance.now();
  const statuses = await runSideBySide(sideBySide, env);
  if (last.files.length > 0) statuses.push(await exitOf(start(last, env, 'inherit')));
  await own?.remove();
  if (reports.length > 1) console.log(`\nAll runs together:\n${closing(performance.now() - since)}`);
  return statuses.find((status) => status !== 0) ?? 0;
}

const exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
process.exitCode = exitCode;
if (exitCode === 0) rmSync(folder, { recursive: true, force: true });
else console.log(`What the tests wrote is in ${folder}.`);
