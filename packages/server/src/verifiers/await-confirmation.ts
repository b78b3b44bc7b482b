import type { Context } from '../kernel/context.ts';
import type { Verifier } from './verifier.ts';

/** How whoever waits learns of verifiers: from what this process hears, or from the database alone. */
export interface VerifierView {
  /** All verifiers. `fresh`: as of now, and not of a moment ago. */
  list(fresh: boolean): Promise<readonly Verifier[]>;
  /** Resolves when there may be news, after so many milliseconds, or with the signal. */
  changed(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Who has applied a position of the log, and who has not: the services' names, once for each of their verifiers. */
export interface Confirmation {
  readonly seq: number;
  readonly confirmed: readonly string[];
  readonly pending: readonly string[];
}

/** What other processes hear is looked for this often. Milliseconds. */
const lookEvery = 50;

/**
 * Waits until every verifier that may decide by itself has applied the position, or is known to decide nothing any
 * more; at most `timeout` milliseconds. The position must be committed. Those who come later are not waited for: what
 * they are told first holds the position. Throws UNAVAILABLE when the database does not answer.
 */
export async function awaitConfirmation(
  ctx: Context,
  view: VerifierView,
  input: { readonly seq: number; readonly timeout: number; readonly signal: AbortSignal },
): Promise<Confirmation> {
  const { seq, timeout, signal } = input;
  const deadline = performance.now() + timeout;
  let verifiers = (await view.list(true)).filter(({ connected }) => connected);
  const isPending = ({ position }: Verifier) => position < seq;
  // A stream says by itself how far it is only now and then.
  if (verifiers.some(isPending)) await ctx.transaction((tx) => tx.revocations.ask(seq));
  for (;;) {
    const left = deadline - performance.now();
    if (!verifiers.some(isPending) || left <= 0 || signal.aborted) break;
    await view.changed(Math.min(left, lookEvery), signal);
    const now = new Map((await view.list(false)).map((verifier) => [keyOf(verifier), verifier]));
    // One that has confirmed stays so, wherever it is by now.
    verifiers = verifiers
      .map((before) =>
        isPending(before) ? (now.get(keyOf(before)) ?? { ...before, connected: false }) : before,
      )
      .filter((verifier) => verifier.connected || !isPending(verifier));
  }
  const names = (of: readonly Verifier[]) => of.map(({ service }) => service);
  return {
    seq,
    confirmed: names(verifiers.filter((verifier) => !isPending(verifier))),
    pending: names(verifiers.filter(isPending)),
  };
}

function keyOf({ service, id }: Verifier): string {
  return `${service} ${id}`;
}
