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
   * Let a request pass as anonymous that proves no live session: without credentials, with only one of the two, or with
   * those of a session that has ended. Ambiguous and malformed headers are refused all the same; a stale token and an
   * outage keep answers of their own.
   */
  readonly optional?: boolean;
  /** Instead of the verifier's own. */
  readonly onStale?: OnStale;
}

/** Either an answer that refuses the request, or the caller, `undefined` when anonymous. */
export type Outcome =
  | { readonly problem: Problem; readonly caller?: undefined }
  | { readonly problem?: undefined; readonly caller: Authenticated | undefined };

const anonymous: Outcome = { caller: undefined };
const refused: Outcome = { problem: problem('INVALID_CREDENTIALS') };
const NAMES = new Set(['cookie', 'optional', 'onStale']);
/** RFC 6265, 4.1.1: a token. */
const COOKIE_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * What every adapter does with a request: reads the credentials, authenticates them, and turns
 * whatever goes wrong into an answer. Never rejects. Throws a `TypeError` at once for a wrong option.
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
    if (!NAMES.has(name)) throw new TypeError(`unknown option ${JSON.stringify(name)}`);
  }
  const { cookie = 'x', optional = false, onStale = 'reject' } = options;
  if (!COOKIE_NAME.test(typeof cookie === 'string' ? cookie : '')) {
    throw new TypeError('cookie must be the name of one');
  }
  if (typeof optional !== 'boolean') throw new TypeError('optional must be true or false');
  if (!isOnStale(onStale)) throw new TypeError("onStale must be 'introspect', 'reject' or 'accept'");
}

/** The checks, for `refusal`. Throws a `TypeError` for what is no list of them. */
export function listOf(checks: readonly Check[] = []): readonly Check[] {
  if (Array.isArray(checks) && checks.every((check) => typeof check === 'function')) return checks;
  throw new TypeError('checks must be a list of requireRole and requireFresh');
}

/** The first answer that refuses `caller`; an anonymous one is refused by any check. */
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
