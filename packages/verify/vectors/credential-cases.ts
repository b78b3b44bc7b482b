import { credentialHash } from '../src/internal.ts';
import type { World } from './world.ts';

/** Session credentials, good and bad. */
export function credentialCases({ session, other }: World): unknown[] {
  const [id, signature] = session.credential.split('.') as [string, string];
  const good = (credential: string) => ({
    credential,
    sessionId: credential.slice(0, 22),
    cth: credentialHash(credential),
  });
  const bad = [
    '',
    '.',
    id,
    signature,
    `${id}.`,
    `.${signature}`,
    `${id}${signature}`,
    `${id}.${signature}.`,
    `${id}.${signature}.${signature}`,
    `${id}:${signature}`,
    `${id}.${signature}=`,
    `${id}==.${signature}`,
    ` ${id}.${signature}`,
    `${id}.${signature}\n`,
    `"${id}.${signature}"`,
    `${id.slice(0, -1)}B.${signature}`,
    `${id}.${signature.slice(0, -1)}B`,
    `${id.slice(1)}.${signature}A`,
    `${id}.${signature.slice(1)}+`,
    `${id.slice(1)}é.${signature}`,
    'undefined',
    'null',
    'a'.repeat(8192),
  ];
  const zero = `${'A'.repeat(22)}.${'A'.repeat(43)}`;
  return [
    good(session.credential),
    good(other.credential),
    good(zero),
    ...bad.map((credential) => ({ credential })),
  ];
}
