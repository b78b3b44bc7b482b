import { revokeKey } from '../../log/revoke-key.ts';
import type { Command } from '../frame/command.ts';
import { keySummary } from '../frame/show.ts';

export const command: Command = {
  usage: 'KID',
  help: `Revokes a signing key that may have leaked: every server and every verifier refuses its tokens within a second. If it
was the current key, the next one takes over. Nobody is signed out: clients get new tokens from who-am-i.`,
  subject: 'signing key',
  words: [1, 1],
  async run(call) {
    const kid = call.words[0]!;
    const keys = await call.withContext(async (opened) => {
      await revokeKey(opened.context, opened.keys, { kid });
      return opened.keys.list();
    });
    const current = keys.find(({ state }) => state === 'current')!;
    call.answer({ data: keys.map(keySummary) }, [
      `Revoked the key ${kid}.`,
      `The key ${current.kid} signs from now on.`,
    ]);
    return undefined;
  },
};
