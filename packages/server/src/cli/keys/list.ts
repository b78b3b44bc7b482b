import { isoTime } from '../../kernel/time.ts';
import type { Command } from '../frame/command.ts';
import { keySummary, line } from '../frame/show.ts';

export const command: Command = {
  usage: '',
  help: 'Lists the signing keys: the current one, the next one, and previous ones whose tokens may still be valid.',
  async run(call) {
    const keys = await call.withContext(async (opened) => opened.keys.list());
    call.answer(
      { data: keys.map(keySummary) },
      keys.map(({ kid, alg, state, createTime }) => line(kid, alg, state.padEnd(8), isoTime(createTime))),
    );
    return undefined;
  },
};
