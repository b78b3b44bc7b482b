import type { Row } from '../context.ts';
import { within } from '../figures/figure.ts';
import { residentMemory } from '../figures/proc.ts';

/** Resident memory of the server after all rows that load it. */
export const memory: Row = {
  name: 'memory',
  async run(context) {
    const ours = await context.latchkey();
    if (!ours) return [];
    return [within('resident memory after the run', 'MiB', [residentMemory(ours.pid, 'VmRSS')!], 150)];
  },
};
