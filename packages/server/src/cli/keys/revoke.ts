import { revokeKey } from '../../log/revoke-key.ts';
import type { Command } from '../frame/command.ts';
import { keyJson } from '../frame/show.ts';

export const command: Command = {
  usage: 'KID',
  help: `For a signing key that may have leaked: every verifier and every server refuses its tokens within a second. If it was
signing, the next key does from now on. Nobody is signed out: clients get new tokens from who-am-i.`,
  words: [1, 1],
  async run(call) {
    const kid = call.words[0]!;
    const keys = await call.withContext(async (opened) => {
      await revokeKey(opened.context, opened.keys, { kid });
      return opened.keys.list();
    });
    const current = keys.find(({ state }) => state === 'current')!;
    call.answer({ data: keys.map(keyJson) }, [
      `Revoked the key ${kid}.`,
      `The key ${current.kid} signs from now on.`,
    ]);
    return undefined;
  },
};
