/**
 * Writes the vectors beside this file: `node packages/verify/vectors/generate.ts`. Keys and ECDSA
 * signatures are random, so every run writes other texts with the same meaning; the written files
 * are what counts, and the tests read nothing else.
 */
import { writeFileSync } from 'node:fs';
import { newKey, newSession } from '../test/mint.ts';
import { credentialCases } from './credential-cases.ts';
import { claimCases } from './claim-cases.ts';
import { encodingCases } from './encoding-cases.ts';
import { feedCases } from './feed-cases.ts';
import { headerCases } from './header-cases.ts';
import { keyCases } from './key-cases.ts';
import { pageCases } from './page-cases.ts';
import { requestCases } from './request-cases.ts';
import { revocationCases } from './revocation-cases.ts';
import { issuerUrl, now, type World } from './world.ts';

const world: World = {
  key: newKey('key-1'),
  edKey: newKey('key-ed', 'Ed25519'),
  strangerKey: newKey('key-1'),
  session: newSession(),
  other: newSession(),
};

function write(name: string, content: unknown): void {
  writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(content, null, 1)}\n`);
}

write('tokens.json', {
  about:
    'Tokens with the session credential they come with, checked at `now` (unix seconds). Verdict: accept (with claims), or reject with a reason. `ignoreExpiry` asks for the check of a token sent along for renewal.',
  issuer: issuerUrl,
  audience: issuerUrl,
  now,
  clockSkew: 30,
  maxTtl: 3600,
  jwks: { keys: [world.key.jwk, world.edKey.jwk] },
  cases: [...headerCases(world), ...encodingCases(world), ...claimCases(world)],
});
write('credentials.json', {
  about: 'Session credentials: whether their form is right, and their `cth`.',
  cases: credentialCases(world),
});
write('requests.json', {
  about:
    'Headers of a request, and what they bring before anything of it is checked: the `token` and the session `credential` (null: none), or why the request must be `refused`. `cookieNames` are the names of the session cookie; the first one that has a value counts.',
  cases: requestCases(world),
});
write('pages.json', {
  about:
    'Requests that bring the session cookie without a token: whether the cookie may prove them by itself (`cookieAlone`), and whether they open a page (`page`), so that a person who is signed out is sent to sign in. Field names count in any case.',
  cases: pageCases(),
});
write('keys.json', {
  about:
    'JWK sets as they come, and the `kids` of the keys that can be used; without `kids` the whole set must be refused.',
  cases: keyCases(),
});
write('revocations.json', {
  about: 'Log entries, applied in order to an empty log, and what they say of a token.',
  cases: revocationCases(),
});
write('feed.json', {
  about:
    'Messages of the feed, applied in order to an empty log: the `position` afterwards (null: none), and whether the reader goes on, or must close the connection and resume.',
  cases: feedCases(),
});
