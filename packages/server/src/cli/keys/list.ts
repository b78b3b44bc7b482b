import { isoTime } from '../../kernel/time.ts';
import type { Command } from '../frame/command.ts';
import { keyJson, line } from '../frame/show.ts';

export const command: Command = {
  usage: '',
  help: 'Lists the signing keys: the current one, the next, and previous ones whose tokens may still live.',
  async run(call) {
    const keys = await call.withContext(async (opened) => opened.keys.list());
    call.answer(
      { data: keys.map(keyJson) },
      keys.map(({ kid, alg, state, createTime }) => line(kid, alg, state.padEnd(8), isoTime(createTime))),
    );
    return undefined;
  },
};
