import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../context.ts';
import { type Figure, within } from '../figures/figure.ts';
import { residentMemory } from '../figures/proc.ts';
import { startImport } from '../server/latchkey.ts';

const RUNS = 3;
const ACCOUNTS = 100_000;
/** In a quick run. */
const QUICK = 10_000;

/** How long `latchkey accounts import` takes for a file with bcrypt hashes into an empty SQLite, from spawn to exit. */
export const importAccounts: Row = {
  name: 'import',
  oursOnly: true,
  async run({ directory, options }) {
    const count = options.sessions < 100_000 ? QUICK : ACCOUNTS;
    const file = join(directory, 'accounts.jsonl');
    writeFileSync(file, makeLines(count));
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
  const { pid, gone } = startImport(dataDir, file);
  let mebibytes = 0;
  const timer = setInterval(() => {
    mebibytes = residentMemory(pid, 'VmHWM') ?? mebibytes;
  }, 50);
  const how = await gone;
  clearInterval(timer);
  if (how !== 'exit 0') throw new Error(`the import ended with ${how}`);
  return { seconds: (performance.now() - from) / 1000, mebibytes };
}

function makeLines(count: number): string {
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
