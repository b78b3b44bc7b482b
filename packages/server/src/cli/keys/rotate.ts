import { isoTime } from '../../kernel/time.ts';
import type { Command } from '../frame/command.ts';
import { keyJson } from '../frame/show.ts';

export const command: Command = {
  usage: '',
  help: `Lets the next signing key take over and makes a new next one; running servers follow within a second, and no
token is refused. A key signs only when every verifier can know it, so a second rotation within 35 seconds takes over
that much later, and a third changes nothing.`,
  async run(call) {
    const keys = await call.withContext((opened) => opened.keys.rotate());
    const waiting = keys.find(({ state, activateTime }) => state === 'next' && activateTime !== undefined);
    const current = keys.find(({ state }) => state === 'current')!;
    call.answer({ data: keys.map(keyJson) }, [
      waiting === undefined
        ? `The key ${current.kid} signs from now on.`
        : `The key ${waiting.kid} signs from ${isoTime(waiting.activateTime!)} on.`,
    ]);
    return undefined;
  },
};
