import { createCodes } from '../adapters/crypto/codes.ts';
import { createCredentialSigner } from '../adapters/crypto/credentials.ts';
import { createSecretBox } from '../adapters/crypto/secret-box.ts';
import { createTokens } from '../adapters/crypto/tokens.ts';
import type { Config } from '../config/config.ts';
import type { BaseContext, Context } from '../kernel/context.ts';
import { EndQueue } from '../sessions/end-queue.ts';
import { createSessionIdle } from '../sessions/session-idle.ts';
import type { Resources } from './open-resources.ts';

/** What a context needs from a running server. */
export interface Surroundings {
  readonly followers: { readonly exist: boolean };
  wakeMails(): void;
}

/** For a command: no followers report to it, and a server will find the mails that it queues. */
export const noServer: Surroundings = { followers: { exist: false }, wakeMails: () => {} };

/** Builds what operations are given. */
export function createContext(
  config: Config,
  base: BaseContext,
  { keys, hasher }: Resources,
  { followers, wakeMails }: Surroundings,
): Context {
  const { clock, ids, policy } = base;
  const { publicUrl: issuer, audience, tokenTtl: ttl } = config;
  const ends = new EndQueue(base);
  return {
    ...base,
    hasher,
    credentials: createCredentialSigner(keys.credentialKey),
    tokens: createTokens({ keys, issuer, audience, ttl, clock, ids }),
    codes: createCodes(keys.credentialKey, ids),
    mailBox: createSecretBox(keys.credentialKey, 'mails'),
    links: { toPage: (path, fragment) => `${issuer}/${path}#${new URLSearchParams(fragment)}` },
    wakeMails,
    random: Math.random,
    sessionIdle: createSessionIdle(policy.sessionIdle, followers),
    endSession: (id, reason) => ends.end(id, reason),
  };
}
