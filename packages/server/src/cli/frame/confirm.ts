import { ask } from './ask.ts';
import { type Call, UnconfirmedError } from './command.ts';

/** The option of every verb that asks before it does something. */
export const yesOption = { yes: { type: 'boolean' } } as const;

/** Whether a question can be asked: it shows at a terminal, and no program reads the result. */
export function canAsk({ stdio, flag }: Call): boolean {
  return stdio.stdin.isTTY && (stdio.stderr as NodeJS.WriteStream).isTTY && !flag('json');
}

/**
 * Asks before something is done, which a phrase such as `close 3 sessions` names. Throws an UnconfirmedError unless the
 * answer or `--yes` says so.
 */
export async function confirm(call: Call, what: string): Promise<void> {
  if (call.flag('yes')) return;
  if (!canAsk(call)) throw new UnconfirmedError(`This would ${what}. Add --yes to do it.`);
  const question = `${what[0]!.toUpperCase()}${what.slice(1)}? [y/N] `;
  if (!/^y(es)?$/i.test((await ask(call.stdio, question)).trim()))
    throw new UnconfirmedError('Nothing was done.');
}
