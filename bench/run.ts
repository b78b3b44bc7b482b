/** `npm run bench`: Latchkey side by side with its peers. bench/README.md says what and how. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installInto } from '../scripts/install.ts';
import { createContext, type Row } from './context.ts';
import type { Figure } from './figures/figure.ts';
import { printTable } from './figures/table.ts';
import { canPin, LOAD_CORE, SERVER_CORE } from './load/pin.ts';
import { authenticateNew, authenticateSeen, manyRevoked } from './rows/authenticate.ts';
import { closeToRefused100, closeToRefused1000 } from './rows/close-to-refused.ts';
import { closings } from './rows/closings.ts';
import { cookieAlone } from './rows/cookie-alone.ts';
import { currentSession } from './rows/current-session.ts';
import { freshUsers } from './rows/fresh-users.ts';
import { importAccounts } from './rows/import.ts';
import { readLists } from './rows/lists.ts';
import { memory } from './rows/memory.ts';
import { onPostgres } from './rows/on-postgres.ts';
import { signIn } from './rows/sign-in.ts';
import { signInLatency } from './rows/sign-in-latency.ts';
import { signUp } from './rows/sign-up.ts';
import { snapshot } from './rows/snapshot.ts';
import { start } from './rows/start.ts';
import { story } from './rows/story.ts';
import { whoAmI } from './rows/who-am-i.ts';

/** In this order; one server lives from current-session on. */
const rows: readonly Row[] = [
  authenticateSeen,
  authenticateNew,
  cookieAlone,
  freshUsers,
  manyRevoked,
  snapshot,
  closings,
  start,
  importAccounts,
  currentSession,
  whoAmI,
  onPostgres,
  signIn,
  signInLatency,
  signUp,
  memory,
  readLists,
  closeToRefused100,
  closeToRefused1000,
  story,
];

const usage = `npm run bench -- [options]
  --only <row>      only this row; may be given several times
                    ${rows.map((row) => row.name).join(', ')}
  --quick           3 rounds of 0.5 s and a tenth of the sessions: to see that it works, not to quote
  --rounds <n>      rounds (5); --seconds <s>: of each side in a round (2)
  --strict          exits with 1 when a target is missed
  --peers           only the peers
  --profile <dir>   the server under test writes a CPU profile there`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    strict: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit();
}
const unknown = values.only?.find((name) => !rows.some((row) => row.name === name));
if (unknown !== undefined) {
  console.error(`There is no row ${unknown}.\n${usage}`);
  process.exit(2);
}

const quick = values.quick;
const options = {
  rounds: Number(values.rounds ?? (quick ? 3 : 5)),
  roundMs: Number(values.seconds ?? (quick ? 0.5 : 2)) * 1000,
  sessions: quick ? 10_000 : 100_000,
  accounts: quick ? 100_000 : 1_000_000,
  revoked: 100_000,
  peersOnly: values.peers,
  ...(values.profile === undefined ? {} : { profile: values.profile }),
};

installInto(import.meta.dirname);
const context = createContext(options);
const figures: Figure[] = [];
const failures: Record<string, string> = {};
try {
  for (const row of rows) {
    if (values.only && !values.only.includes(row.name)) continue;
    if (row.oursOnly && options.peersOnly) continue;
    console.error(`${row.name} …`);
    try {
      figures.push(...(await row.run(context)));
    } catch (error) {
      failures[row.name] = error instanceof Error ? error.message : String(error);
      console.error(`${row.name} FAILED: ${failures[row.name]}`);
    }
  }
} finally {
  await context.close();
}

const machine = {
  cpu: cpus()[0]?.model.trim(),
  cores: availableParallelism(),
  node: process.version,
  pinned: canPin ? `server on core ${SERVER_CORE}, load on core ${LOAD_CORE}` : 'NOT pinned: no taskset here',
};
const report = { at: new Date().toISOString(), machine, options, figures, failures };
const folder = join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(report, null, 2)}\n`);

console.log(printTable(figures));
console.log(
  `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; ${machine.pinned}. ` +
    `${options.rounds} interleaved rounds of ${options.roundMs / 1000} s a side after one to warm up; ` +
    `ratio = median of the rounds' ratios; by CPU = per second of processor time. bench/results/latest.json has it all.`,
);
for (const [name, reason] of Object.entries(failures)) console.log(`FAILED ${name}: ${reason}`);
const missed = figures.some((figure) => figure.reached !== undefined && figure.reached !== true);
process.exitCode = Object.keys(failures).length > 0 || (values.strict && missed) ? 1 : 0;
