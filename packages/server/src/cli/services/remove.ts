import { removeService } from '../../log/services/remove-service.ts';
import type { Command } from '../frame/command.ts';

export const command: Command = {
  usage: 'NAME',
  help: 'Removes the service. Its key is refused from now on, and its open streams end.',
  subject: 'service',
  words: [1, 1],
  async run(call) {
    const name = call.words[0]!;
    await call.withContext(({ context }) => removeService(context, { name }));
    call.answer({ name, removed: true }, [`Removed the service ${name}.`]);
    return undefined;
  },
};
