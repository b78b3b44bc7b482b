import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject, parseJson } from '@latchkey/verify/internal';
import { UsageError } from '../../frame/command.ts';

/**
 * The parameters of hashes in a file: a JSON object, or what Firebase's console shows, `hash_config { algorithm: SCRYPT,
 * base64_signer_key: …, rounds: 8, … }`, or what its API answers, `{"signIn": {"hashConfig": {"signerKey": …}}}`. Names lose
 * `base64_`. Throws a UsageError.
 */
export function readHashConfig(path: string): JsonObject {
  const text = readText(path).trim();
  const members = text.startsWith('{') ? objectOf(text) : Object.fromEntries(pairsOf(text));
  const { algorithm: _, ...parameters } = innermost(members as JsonObject);
  if (Object.keys(parameters).length === 0)
    throw new UsageError('The file of --hash-config holds no parameters.');
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [parameterOf(name), numberIn(value)]),
  ) as JsonObject;
}

/** The parameters within what they may stand in. */
function innermost(members: JsonObject): JsonObject {
  const inner = [members.signIn, members.hash_config, members.hashConfig].find(isJsonObject);
  return inner === undefined ? members : innermost(inner);
}

/** `base64_signer_key` and `signerKey` are `signer_key`. */
function parameterOf(name: string): string {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^base64_/, '');
  return snake === 'memory_cost' ? 'mem_cost' : snake;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError('This user cannot read the file of --hash-config.');
  }
}

function objectOf(text: string): JsonObject {
  try {
    const value = parseJson(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError('The file of --hash-config is not a JSON object.');
}

function pairsOf(text: string): [string, string][] {
  return [...text.matchAll(/(\w+)\s*:\s*"?([^\s,"}]+)/g)].map(([, name, value]) => [name!, value!]);
}

function numberIn(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}
