import { existsSync } from 'node:fs';

const beside = new URL('../../../../shared/vectors/', import.meta.url);
const named = process.env.LATCHKEY_VECTORS;
const folder = named === undefined ? beside : new URL(`file://${named}/`);

/** The folder of a set of public test vectors, or why its tests are skipped. */
export function publicVectors(name: string): { url: URL; skip: false | string } {
  const url = new URL(name, folder);
  return { url, skip: existsSync(url) ? false : `public vectors not found (LATCHKEY_VECTORS): ${name}` };
}
