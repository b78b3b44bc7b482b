import type { Authenticated } from '../engine/authenticated.ts';
import type { Verifier } from '../engine/verifier.ts';
import type { OnStale } from '../options.ts';
import type { Check, ReadParameter } from './checks.ts';
import { type CookieOnly, mayUseCookieAlone, type RequestHead } from './fetch-metadata.ts';
import { type Problem, problem, problemOf } from './problem.ts';
import { readCredentials, type SentCredentials } from './read-credentials.ts';
import { checkVerifier, resolveSessionOptions } from './session-options.ts';
import type { OnSignedOut } from './signed-out.ts';

/** Where a client finds the token that takes the place of the expired one it sent. */
export const tokenHeader = 'x-latchkey-token';

/** Options of an adapter. */
export interface SessionOptions {
  /**
   * The session cookie's name. By default `x-session-id`, and where the issuer is on https
   * `__Host-x-session-id` before it.
   */
  readonly cookie?: string;
  /**
   * What the cookie proves without a token: requests that change nothing, as pages, images and downloads that a browser
   * opens (`safe`, the default); also those that change something and come from a page of the same origin, as forms
   * and server actions (`same-origin`); or nothing (`never`).
   */
  readonly cookieOnly?: CookieOnly;
  /** What a request gets that proves no session; the problem by default. */
  readonly onSignedOut?: OnSignedOut;
  /**
   * Lets a request pass as anonymous when it proves no live session: without credentials, with only a token, with a
   * cookie where that is not enough, or with those of a session that has ended. Ambiguous and malformed headers are still refused. A stale token and
   * an outage keep their own answers.
   */
  readonly optional?: boolean;
  /** Overrides the verifier's own `onStale`. */
  readonly onStale?: OnStale;
  /**
   * Renews a token that has expired while its cookie lives, and hands the new one to the client in the header
   * `x-latchkey-token`; true by default.
   */
  readonly renew?: boolean;
}

/** The part of a verifier that an adapter uses. */
export type AdapterVerifier = Pick<Verifier, 'issuer' | 'authenticate' | 'authenticateCookie' | 'renew'>;

/**
 * A verifier, or a function that returns one, called with each request: a module that is loaded without its
 * configuration, as by a build, makes no verifier then.
 */
export type VerifierSource = AdapterVerifier | (() => AdapterVerifier);

/** The caller whom a handler gets; `undefined` only with `optional: true`. */
export type CallerOf<O> = O extends { readonly optional: true } ? Authenticated | undefined : Authenticated;

/**
 * Either the answer that refuses the request, or the caller, `undefined` for an anonymous one, and what to add to the
 * header of the handler's answer.
 */
export type Outcome =
  | {
      readonly problem: Problem;
      /** The error that the problem stands for, if there was one. */
      readonly cause?: unknown;
      readonly caller?: undefined;
      readonly headers?: undefined;
    }
  | {
      readonly problem?: undefined;
      readonly caller: Authenticated | undefined;
      readonly headers: Readonly<Record<string, string>>;
      readonly cause?: undefined;
    };

const noHeaders: Readonly<Record<string, string>> = Object.freeze({});
const anonymous: Outcome = { caller: undefined, headers: noHeaders };
const refused: Outcome = { problem: problem('INVALID_CREDENTIALS') };

/**
 * What every adapter does with a request: it reads the credentials, authenticates them, and turns each failure into
 * an answer. Rejects only with what a function in place of the verifier throws. Throws a `TypeError` at once for a
 * wrong option.
 */
export function createAdapter(
  source: VerifierSource,
  options: SessionOptions = {},
): (head: RequestHead) => Promise<Outcome> {
  const { optional, cookieOnly, onSignedOut, callOptions, renew, cookiesFor } = resolveSessionOptions(
    source,
    options,
  );
  const verifierOf = typeof source === 'function' ? () => checkVerifier(source()) : () => source;

  /** The caller whom the credentials prove; `undefined` if they cannot prove any. */
  async function prove(
    verifier: AdapterVerifier,
    head: RequestHead,
    sent: SentCredentials,
    [ownCookie]: readonly string[],
  ) {
    const { token, credential, cookieName } = sent;
    if (credential === undefined) return undefined;
    if (token === undefined) {
      // On https any other one may be from a sibling host, which would sign people in as somebody else.
      if (cookieName === undefined || cookieName !== ownCookie) return undefined;
      if (!mayUseCookieAlone(head, cookieOnly)) return undefined;
      return { caller: await verifier.authenticateCookie(credential, callOptions), headers: noHeaders };
    }
    try {
      return { caller: await verifier.authenticate(token, credential, callOptions), headers: noHeaders };
    } catch (error) {
      if (!renew || !isExpired(error)) throw error;
      const renewed = await verifier.renew(token, credential, callOptions);
      return { caller: renewed.caller, headers: { [tokenHeader]: renewed.token } };
    }
  }

  return async (head) => {
    const verifier = verifierOf();
    try {
      const cookies = cookiesFor(verifier);
      const sent = readCredentials(head.headers, cookies);
      if (sent.wrong !== undefined) return refused;
      const proven = await prove(verifier, head, sent, cookies);
      if (proven !== undefined) return proven;
      return optional ? anonymous : { problem: onSignedOut(head) };
    } catch (cause) {
      const problem = problemOf(cause);
      if (problem.code !== 'INVALID_CREDENTIALS') return { problem, cause };
      return optional ? anonymous : { problem: onSignedOut(head), cause };
    }
  };
}

/** Whether the token was good, but has expired. The words decide, not the class (`problemOf`). */
function isExpired(error: unknown): boolean {
  const { code, reason } = Object(error) as { readonly code?: unknown; readonly reason?: unknown };
  return code === 'INVALID_CREDENTIALS' && reason === 'expired';
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
