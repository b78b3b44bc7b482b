import { isoTime } from '../../kernel/time.ts';
import type { Command } from '../frame/command.ts';
import { keySummary } from '../frame/show.ts';

export const command: Command = {
  usage: '',
  help: `Lets the next signing key take over and creates a new next one. Running servers follow within a second, and no token
is refused. A key only signs once every verifier can know it: after a second rotation within 35 seconds, the key takes
over that much later, and a third rotation changes nothing.`,
  async run(call) {
    const keys = await call.withContext((opened) => opened.keys.rotate());
    const waiting = keys.find(({ state, activateTime }) => state === 'next' && activateTime !== undefined);
    const current = keys.find(({ state }) => state === 'current')!;
    call.answer({ data: keys.map(keySummary) }, [
      waiting === undefined
        ? `The key ${current.kid} signs from now on.`
        : `The key ${waiting.kid} signs from ${isoTime(waiting.activateTime!)} on.`,
    ]);
    return undefined;
  },
};
