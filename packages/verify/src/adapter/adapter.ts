import type { Authenticated } from '../engine/authenticated.ts';
import type { Verifier } from '../engine/verifier.ts';
import { isOnStale, type OnStale } from '../options.ts';
import type { Check, ReadParameter } from './checks.ts';
import { type Problem, problem, problemOf } from './problem.ts';
import { type RawHeaders, readCredentials } from './read-credentials.ts';

/** Options of an adapter. */
export interface SessionOptions {
  /**
   * The session cookie's name. By default `x-session-id`, and where the issuer is on https
   * `__Host-x-session-id` before it.
   */
  readonly cookie?: string;
  /**
   * Lets a request pass as anonymous when it proves no live session: without credentials, with only one of the two,
   * or with those of a session that has ended. Ambiguous and malformed headers are still refused. A stale token and
   * an outage keep their own answers.
   */
  readonly optional?: boolean;
  /** Overrides the verifier's own `onStale`. */
  readonly onStale?: OnStale;
}

/** Either the answer that refuses the request, or the caller; `undefined` is an anonymous one. */
export type Outcome =
  | { readonly problem: Problem; readonly caller?: undefined }
  | { readonly problem?: undefined; readonly caller: Authenticated | undefined };

const anonymous: Outcome = { caller: undefined };
const refused: Outcome = { problem: problem('INVALID_CREDENTIALS') };
const names = new Set(['cookie', 'optional', 'onStale']);
/** A cookie name is a token (RFC 6265, 4.1.1). */
const cookieName = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * What every adapter does with a request: it reads the credentials, authenticates them, and turns each failure into
 * an answer. Never rejects. Throws a `TypeError` at once for a wrong option.
 */
export function createAdapter(
  verifier: Pick<Verifier, 'issuer' | 'authenticate'>,
  options: SessionOptions = {},
): (headers: RawHeaders) => Promise<Outcome> {
  checkOptions(verifier, options);
  const { cookie, optional = false, onStale } = options;
  const secure = verifier.issuer.toLowerCase().startsWith('https:');
  const standard = secure ? ['__Host-x-session-id', 'x-session-id'] : ['x-session-id'];
  const cookies = cookie === undefined ? standard : [cookie];
  const callOptions = onStale === undefined ? {} : { onStale };
  return async (headers) => {
    try {
      const { token, credential, wrong } = readCredentials(headers, cookies);
      if (wrong !== undefined) return refused;
      if (token !== undefined && credential !== undefined) {
        return { caller: await verifier.authenticate(token, credential, callOptions) };
      }
      return optional ? anonymous : refused;
    } catch (error) {
      const problem = problemOf(error);
      return optional && problem.code === 'INVALID_CREDENTIALS' ? anonymous : { problem };
    }
  };
}

function checkOptions(verifier: Pick<Verifier, 'issuer' | 'authenticate'>, options: SessionOptions): void {
  if (typeof verifier?.authenticate !== 'function' || typeof verifier.issuer !== 'string') {
    throw new TypeError('verifier must be what createVerifier returned');
  }
  for (const name of Object.keys(options)) {
    if (!names.has(name)) throw new TypeError(`unknown option ${JSON.stringify(name)}`);
  }
  const { cookie = 'x', optional = false, onStale = 'reject' } = options;
  if (!cookieName.test(typeof cookie === 'string' ? cookie : '')) {
    throw new TypeError('cookie must be the name of a cookie');
  }
  if (typeof optional !== 'boolean') throw new TypeError('optional must be true or false');
  if (!isOnStale(onStale)) throw new TypeError("onStale must be 'introspect', 'reject' or 'accept'");
}

/** The checks, for `refusal`. Throws a `TypeError` if this is not a list of checks. */
export function listOf(checks: readonly Check[] = []): readonly Check[] {
  if (Array.isArray(checks) && checks.every((check) => typeof check === 'function')) return checks;
  throw new TypeError('checks must be a list of requireRole and requireFresh');
}

/** The first answer that refuses `caller`. Every check refuses an anonymous one. */
export function refusal(
  checks: readonly Check[],
  caller: Authenticated | undefined,
  parameter: ReadParameter,
): Problem | undefined {
  for (const check of checks) {
    const refused = caller === undefined ? problem('INVALID_CREDENTIALS') : check(caller, parameter);
    if (refused !== undefined) return refused;
  }
  return undefined;
}
