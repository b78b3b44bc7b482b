import { addService } from '../../log/services/add-service.ts';
import type { Command } from '../frame/command.ts';

export const command: Command = {
  usage: 'NAME',
  help: `Registers a service that may follow the feed, and prints its key. The key is shown only once: give it to the
service's verifier as serviceKey.`,
  creates: true,
  fields: { name: 'NAME' },
  words: [1, 1],
  async run(call) {
    const added = await call.withContext(({ context }) => addService(context, { name: call.words[0]! }));
    call.answer(added, [added.key]);
    return undefined;
  },
};
