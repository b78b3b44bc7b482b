import { isOnStale } from '../options.ts';
import type { AdapterVerifier, SessionOptions, VerifierSource } from './adapter.ts';
import { createSignedOut } from './signed-out.ts';

/** The member of a verifier of the testing kit: its tests name the cookie as on http, whatever the issuer is. */
export const isForTests = Symbol.for('@latchkey/verify: for tests');

const names = new Set<string>([
  'cookie',
  'cookieOnly',
  'onSignedOut',
  'optional',
  'onStale',
  'renew',
] satisfies (keyof SessionOptions)[]);
/** A cookie name is a token (RFC 6265, 4.1.1). */
const cookieName = /^[\w!#$%&'*+.^`|~-]+$/;

/** Checks and completes the options of an adapter. Throws a `TypeError` that names the first wrong or unknown one. */
export function resolveSessionOptions(source: VerifierSource, options: SessionOptions) {
  if (typeof source !== 'function') checkVerifier(source);
  for (const name of Object.keys(options)) {
    if (!names.has(name)) throw new TypeError(`unknown option ${JSON.stringify(name)}`);
  }
  const {
    cookie,
    cookieOnly = 'safe',
    optional = false,
    onStale,
    renew = true,
    onSignedOut = 'problem',
  } = options;
  if (cookie !== undefined && !cookieName.test(typeof cookie === 'string' ? cookie : '')) {
    throw new TypeError('cookie must be the name of a cookie');
  }
  if (cookieOnly !== 'safe' && cookieOnly !== 'same-origin' && cookieOnly !== 'never') {
    throw new TypeError("cookieOnly must be 'safe', 'same-origin' or 'never'");
  }
  if (typeof optional !== 'boolean') throw new TypeError('optional must be true or false');
  if (typeof renew !== 'boolean') throw new TypeError('renew must be true or false');
  if (onStale !== undefined && !isOnStale(onStale)) {
    throw new TypeError("onStale must be 'introspect', 'reject' or 'accept'");
  }
  return {
    cookieOnly,
    optional,
    renew,
    onSignedOut: createSignedOut(onSignedOut),
    callOptions: onStale === undefined ? {} : { onStale },
    cookiesFor: cookie === undefined ? standardCookies : () => [cookie],
  };
}

/** Returns the verifier. Throws a `TypeError` if it is none. */
export function checkVerifier(verifier: AdapterVerifier): AdapterVerifier {
  if (typeof verifier?.authenticate === 'function' && typeof verifier.issuer === 'string') return verifier;
  throw new TypeError('verifier must be what createVerifier returned');
}

/** The session cookie, and after it others that only count beside a token. */
const onHttp = ['x-session-id'];
const onHttps = ['__Host-x-session-id', 'x-session-id'];
const inTests = ['x-session-id', '__Host-x-session-id'];

function standardCookies(verifier: AdapterVerifier): readonly string[] {
  if (isForTests in verifier) return inTests;
  return verifier.issuer.toLowerCase().startsWith('https:') ? onHttps : onHttp;
}
