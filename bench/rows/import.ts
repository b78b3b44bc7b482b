import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../context.ts';
import { type Figure, within } from '../figures.ts';
import { importCommand } from '../latchkey.ts';

const RUNS = 3;
const ACCOUNTS = 100_000;
/** A tenth of the accounts of a full run shows that it works. */
const QUICK = 10_000;

/** `latchkey accounts import` of a file with bcrypt hashes into an empty SQLite, from spawn to exit. */
export const importAccounts: Row = {
  name: 'import',
  async run({ directory, options }) {
    if (options.peersOnly) return [];
    const count = options.sessions < 100_000 ? QUICK : ACCOUNTS;
    const file = join(directory, 'accounts.jsonl');
    writeFileSync(file, lines(count));
    const seconds: number[] = [];
    const memory: number[] = [];
    for (let n = 0; n < RUNS; n++) {
      const dataDir = join(directory, `import-${n}`);
      mkdirSync(dataDir);
      const run = await importOnce(dataDir, file);
      // Scaled, so that the target of a quick run is the same.
      seconds.push((run.seconds * ACCOUNTS) / count);
      memory.push(run.mebibytes);
    }
    const figures: Figure[] = [
      within('import of 100,000 accounts, SQLite', 's', seconds, 60),
      within('resident memory of the import, at most', 'MiB', memory, 256),
    ];
    return figures;
  },
};

async function importOnce(dataDir: string, file: string): Promise<{ seconds: number; mebibytes: number }> {
  const from = performance.now();
  const { process: child } = importCommand(dataDir, file);
  let kibibytes = 0;
  const timer = setInterval(() => {
    kibibytes = peakMemory(child.pid!) ?? kibibytes;
  }, 50);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return { seconds: (performance.now() - from) / 1000, mebibytes: kibibytes / 1024 };
}

/** KiB, as the system counts; undefined once the process is gone. */
function peakMemory(pid: number): number | undefined {
  try {
    const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return peak === undefined ? undefined : Number(peak);
  } catch {
    return undefined;
  }
}

function lines(count: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./';
  const random = (length: number) => Array.from(randomBytes(length), (byte) => alphabet[byte & 63]).join('');
  let text = '';
  for (let n = 0; n < count; n++) {
    text += `${JSON.stringify({
      login: `user${n}`,
      name: `User ${n}`,
      email: `user${n}@example.com`,
      verified: true,
      roles: ['member'],
      language: 'en',
      time_zone: 'Europe/Berlin',
      hash: `$2b$10$${random(21)}u${random(30)}u`,
    })}\n`;
  }
  return text;
}
