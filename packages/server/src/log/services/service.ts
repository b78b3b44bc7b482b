import { hash } from 'node:crypto';
import { invalidField } from '../../kernel/errors.ts';

/** Another service that follows the feed. `createTime` is unix milliseconds. */
export interface Service {
  readonly name: string;
  readonly createTime: number;
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Returns the name. Throws INVALID_DATA unless it is 1 to 64 letters, digits, dots, dashes or underscores. */
export function checkServiceName(name: string): string {
  if (!namePattern.test(name)) {
    throw invalidField('name', 'must be 1 to 64 letters, digits, dots, dashes or underscores');
  }
  return name;
}

/** What every service key begins with. Tokens do not. */
export const serviceKeyPrefix = 'lks_';

/** The hash of a service key for the database. The key has 256 random bits, so one SHA-256 is enough. */
export function serviceKeyHash(key: string): string {
  return hash('sha256', key, 'base64url');
}
