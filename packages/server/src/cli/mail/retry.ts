import { retryMail } from '../../identity/mails/retry-mail.ts';
import type { Command } from '../frame/command.ts';

export const command: Command = {
  usage: 'ID',
  help: 'Lets a parked mail be sent again. Its id is shown by latchkey mail list.',
  words: [1, 1],
  async run(call) {
    const [id = ''] = call.words;
    await call.withContext(({ context }) => retryMail(context, { id }));
    call.answer({ id, status: 'waiting' }, [`${id} waits to be sent.`]);
    return undefined;
  },
};
