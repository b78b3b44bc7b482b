import { readFileSync } from 'node:fs';
import type { Row } from '../context.ts';
import { within } from '../figures.ts';

/** Resident memory of the server that lived through all rows before this one. It comes last. */
export const memory: Row = {
  name: 'memory',
  async run(context) {
    const ours = await context.latchkey();
    if (!ours) return [];
    const status = readFileSync(`/proc/${ours.pid}/status`, 'utf8');
    const kibibytes = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]);
    return [within('resident memory after the run', 'MiB', [kibibytes / 1024], 150)];
  },
};
