import type { Context } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';

const batch = 200;

/** Forgets the imports that have not gone on within their time of retention. Returns how many. */
export async function forgetImports(ctx: Context): Promise<number> {
  const { importRetention } = ctx.policy;
  if (importRetention === Number.POSITIVE_INFINITY) return 0;
  const kept = ctx.clock.since(importRetention);
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.importExport.removeImports(kept, limit)));
}
