import { createCodes } from '../adapters/crypto/codes.ts';
import { createCredentialSigner } from '../adapters/crypto/credentials.ts';
import { createSecretBox } from '../adapters/crypto/secret-box.ts';
import { createTokens } from '../adapters/crypto/tokens.ts';
import type { Config } from '../config/config.ts';
import type { BaseContext, Context } from '../kernel/context.ts';
import { EndQueue } from '../sessions/end-queue.ts';
import { createSessionIdle } from '../sessions/session-idle.ts';
import type { Resources } from './open-resources.ts';

/** What a context has of a server that runs. */
export interface Surroundings {
  readonly followers: { readonly exist: boolean };
  wakeMails(): void;
}

/** A command sees no followers, and what it queues is found by a server. */
export const noServer: Surroundings = { followers: { exist: false }, wakeMails: () => {} };

/** All that operations are given. */
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
