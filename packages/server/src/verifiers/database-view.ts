import type { Context } from '../kernel/context.ts';
import type { VerifierView } from './await-confirmation.ts';

/** Verifiers as the database tells of them, for a process that none of them speaks to. */
export function databaseView(ctx: Context): VerifierView {
  return {
    list: () => ctx.read.verifiers.list(),
    changed: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
