import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import type bcryptjs from 'bcryptjs';
import { type Kind, malformed, tooCostly } from './kind.ts';
import { wordPressTexts } from './wordpress.ts';

/** What is done to a password before bcrypt reads it. */
type Prepare = (password: string) => string;

/** The last characters of salt and tag hold 2 and 4 bits: only the canonical spelling is accepted. */
const pattern = /^(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu])([./A-Za-z0-9]{30}[.CGKOSWaeimquy26])$/;

/** A higher cost takes seconds of a thread. WordPress may have hashed another text than was typed, so two are. */
const [maxCost, maxWordPressCost] = [14, 13];

const require = createRequire(import.meta.url);

/**
 * bcrypt: `$2b$12$…`, or with `$2a$` or `$2y$`, which are the same for valid UTF-8. Only the first 72 bytes of a
 * password count, as in every bcrypt. A NUL character is one like any other.
 */
export function bcrypt(hash: string, prepare: Prepare = (password) => password, most = maxCost): Kind {
  const [, setting, cost, tag] = pattern.exec(hash) ?? [];
  if (setting === undefined || Number(cost) < 4) return malformed;
  if (Number(cost) > most) return tooCostly;
  return {
    tag: Buffer.from(tag!),
    derive(password) {
      // Loaded when it is needed: most installations have no such hash.
      const { hashSync } = require('bcryptjs') as typeof bcryptjs;
      return Buffer.from(hashSync(prepare(password), setting).slice(setting.length));
    },
  };
}

/**
 * bcrypt of what something else made of the password: `$wp$2y$…` of WordPress; `$bcrypt-sha256$…` of passlib, in both
 * its versions; `$bcrypt-sha256-hex$2b$…`, the SHA-256 in hex, as Django and Meteor have it; `$bcrypt-pepper$…$2a$…`,
 * where the base64 of the pepper stands before bcrypt's own spelling. Undefined for any other hash.
 */
export function preparedBcrypt(hash: string): Kind | undefined {
  const [, kind, pepper, plain] = /^\$(wp|bcrypt-sha256-hex|bcrypt-pepper\$([^$]+))(\$2.+)$/.exec(hash) ?? [];
  if (plain !== undefined) {
    if (kind === 'wp') return { ...bcrypt(plain, wordPress, maxWordPressCost), texts: wordPressTexts };
    if (kind === 'bcrypt-sha256-hex') return bcrypt(plain, (password) => sha256(password, 'hex'));
    return bcrypt(plain, (password) => password + Buffer.from(pepper!, 'base64').toString());
  }
  if (!hash.startsWith('$bcrypt-sha256$')) return undefined;
  const [, version2, setting, cost = '', salt = '', tag] = passlib.exec(hash) ?? [];
  const spelled = `$${setting}$${cost.padStart(2, '0')}$${salt}${tag}`;
  if (version2 === undefined) return bcrypt(spelled, (password) => sha256(password, 'base64'));
  return bcrypt(spelled, (password) => createHmac('sha256', salt).update(password).digest('base64'));
}

const passlib = /^\$bcrypt-sha256\$(v=2,t=)?(2[aby]),(?:r=)?(\d{1,2})\$([^$]{22})\$([^$]{31})$/;

const wordPress: Prepare = (password) => createHmac('sha384', 'wp-sha384').update(password).digest('base64');

function sha256(password: string, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(password).digest(encoding);
}
