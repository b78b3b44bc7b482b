import { hash } from 'node:crypto';
import { invalidField } from '../../kernel/errors.ts';

/** Another service that follows the feed. `createTime` is unix milliseconds. */
export interface Service {
  readonly name: string;
  readonly createTime: number;
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The name. Throws INVALID_DATA when it is not 1 to 64 letters, digits, dots, dashes and underscores. */
export function checkServiceName(name: string): string {
  if (!namePattern.test(name)) {
    throw invalidField('name', 'must be 1 to 64 letters, digits, dots, dashes or underscores');
  }
  return name;
}

/** What is stored of a service key: it has 256 random bits, so one SHA-256 is enough. */
export function serviceKeyHash(key: string): string {
  return hash('sha256', key, 'base64url');
}
