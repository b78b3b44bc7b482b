/**
 * Breaks the product on purpose, in one way at a time and in a copy of it, and looks whether the tests notice: for each
 * mutation the test that it names must fail. Ends with a table. Arguments: only mutations whose words hold one of them.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startCluster } from '../../../../scripts/postgres.ts';
import { ruleNames } from './support/checker.ts';
import { mutated, mutations } from './support/mutations/all.ts';
import type { Mutation } from './support/mutations/mutation.ts';

const root = join(import.meta.dirname, '../../../..');

/** Everything that is tested, with the packages of this machine and our own of the copy. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'latchkey-mutant-'));
  const own = (path: string) => !/\/(node_modules|data|\.git)$/.test(path);
  for (const name of ['package.json', 'packages', 'scripts']) {
    // Links stay relative: resolved ones would lead out of the copy, to code that is not broken.
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: own, verbatimSymlinks: true });
  }
  const modules = join(root, 'node_modules');
  mkdirSync(join(copy, 'node_modules/@latchkey'), { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name !== '@latchkey' && name !== '.cache')
      symlinkSync(join(modules, name), join(copy, 'node_modules', name));
  }
  for (const name of readdirSync(join(root, 'packages'))) {
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules/@latchkey', name));
  }
  return copy;
}

/** Milliseconds. What a mutation keeps from ending is noticed too, but not waited for. */
const longest = 180_000;

interface Outcome {
  readonly caught: boolean;
  /** The first thing that the test said was wrong. */
  readonly by: string;
}

async function run(folder: string, { test, name }: Mutation, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const only = name === undefined ? [] : [`--test-name-pattern=${name}`];
  const runner = spawn(
    process.execPath,
    ['--test', '--test-timeout=120000', '--test-reporter=spec', ...only, test],
    {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    },
  );
  let output = '';
  runner.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const end = (): void => {
    try {
      process.kill(-runner.pid!, 'SIGKILL');
    } catch {}
  };
  const overdue = setTimeout(end, longest);
  const code = await new Promise((resolve) => runner.on('exit', resolve));
  clearTimeout(overdue);
  // A test that is killed leaves the processes that it had started.
  end();
  const rule = new RegExp(`^\\s*((?:${ruleNames.join('|')}): .*)$`, 'm').exec(output)?.[1];
  const failed = /failing tests:[\s\S]*?\n\s*((?:Assertion)?Error.*(?:\n\s+\S.*)?)/.exec(output)?.[1];
  return {
    caught: code !== 0,
    by: (rule ?? failed ?? (code === null ? 'did not end' : '')).replaceAll(/\s+/g, ' '),
  };
}

async function main(words: readonly string[]): Promise<number> {
  const chosen = mutations.filter(
    ({ what }) => words.length === 0 || words.some((word) => what.includes(word)),
  );
  const texts = new Map(mutations.map((mutation) => [mutation, mutated(root, mutation)]));
  const cluster = await startCluster();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LATCHKEY_TEST_POSTGRES_URL: cluster.url,
    LATCHKEY_TEST_POSTGRES_THROWAWAY: '1',
  };
  delete env.LATCHKEY_TEST_FULL;
  delete env.NODE_TEST_CONTEXT;
  const outcomes = new Map<Mutation, Outcome>();
  const waiting = [...chosen];
  const work = async () => {
    const folder = copyTree();
    try {
      for (let mutation = waiting.shift(); mutation !== undefined; mutation = waiting.shift()) {
        const path = join(folder, mutation.file);
        const before = readFileSync(path, 'utf8');
        writeFileSync(path, texts.get(mutation)!);
        const outcome = await run(folder, mutation, env);
        writeFileSync(path, before);
        outcomes.set(mutation, outcome);
        console.log(`${outcome.caught ? 'caught ' : 'MISSED '} ${mutation.what}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(2, availableParallelism() - 1)) }, work));
  } finally {
    await cluster.remove();
  }
  const rows = chosen.map((mutation) => {
    const { caught, by } = outcomes.get(mutation)!;
    return `| ${mutation.what} | ${basename(mutation.test)} | ${caught ? by.slice(0, 160) : '**missed**'} |`;
  });
  console.log(['', '| broken on purpose | test | what it said |', '|---|---|---|', ...rows].join('\n'));
  const missed = chosen.filter((mutation) => !outcomes.get(mutation)!.caught);
  console.log(`\n${chosen.length - missed.length} of ${chosen.length} caught`);
  return missed.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
