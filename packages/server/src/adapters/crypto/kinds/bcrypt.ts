import { timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import type bcryptjs from 'bcryptjs';
import { type Kind, malformed, tooCostly } from './kind.ts';

/** The last characters of salt and tag hold 2 and 4 bits: only the canonical spelling is accepted. */
const pattern = /^(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu])([./A-Za-z0-9]{30}[.CGKOSWaeimquy26])$/;

/** A higher cost takes seconds of a thread. */
const maxCost = 14;

const require = createRequire(import.meta.url);

/**
 * bcrypt: `$2b$12$…`, or with `$2a$` or `$2y$`, which are the same for valid UTF-8. Only the first 72 bytes of a
 * password count, as in every bcrypt. A NUL character is one like any other.
 */
export function bcrypt(hash: string): Kind {
  const [, setting, cost, tag] = pattern.exec(hash) ?? [];
  if (setting === undefined || Number(cost) < 4) return malformed;
  if (Number(cost) > maxCost) return tooCostly;
  return {
    matches(password) {
      // Loaded when it is needed: most installations have no such hash.
      const { hashSync } = require('bcryptjs') as typeof bcryptjs;
      const made = hashSync(password, setting).slice(setting.length);
      return timingSafeEqual(Buffer.from(made), Buffer.from(tag!));
    },
  };
}
