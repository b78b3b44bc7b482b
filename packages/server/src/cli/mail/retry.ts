import { AppError } from '../../kernel/errors.ts';
import type { Command } from '../frame/command.ts';

export const command: Command = {
  usage: 'ID',
  help: 'Lets a parked mail be sent again. Its id is shown by latchkey mail list.',
  words: [1, 1],
  async run(call) {
    const [id = ''] = call.words;
    await call.withContext(async ({ context }) => {
      const found = await context.transaction((tx) => tx.mails.retry(id, context.clock.now()));
      if (!found) throw new AppError('NOT_FOUND', { detail: 'There is no parked mail by that id.' });
    });
    call.answer({ id, status: 'waiting' }, [`${id} waits to be sent.`]);
    return undefined;
  },
};
