import { retryMail } from '../../identity/mails/retry-mail.ts';
import type { Command } from '../frame/command.ts';

export const command: Command = {
  usage: 'ID',
  help: 'Queues a parked mail again. latchkey mail list shows its id.',
  subject: 'parked mail',
  words: [1, 1],
  async run(call) {
    const [id = ''] = call.words;
    await call.withContext(({ context }) => retryMail(context, { id }));
    call.answer({ id, status: 'waiting' }, [`${id} waits to be sent.`]);
    return undefined;
  },
};
