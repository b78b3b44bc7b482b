import type { RequestHead } from './fetch-metadata.ts';
import { isForPage } from './fetch-metadata.ts';
import { type Problem, problem } from './problem.ts';

/** What somebody gets who is not signed in: the problem, or for requests that open a page the way to sign in. */
export type OnSignedOut = 'problem' | { readonly redirect: string };

/** Stands for the origin where only a path is known. */
const base = 'http://path.invalid';

/**
 * Makes the answer for a request that proves no session. With `redirect` a request that opens a page is sent there,
 * 302 with `return_to`; every other one gets 401 `INVALID_CREDENTIALS`. Throws a `TypeError` for a wrong `redirect`.
 */
export function createSignedOut(onSignedOut: OnSignedOut): (head: RequestHead) => Problem {
  const refused = problem('INVALID_CREDENTIALS');
  if (onSignedOut === 'problem') return () => refused;
  const { redirect, ...others } = Object(onSignedOut) as { readonly redirect?: unknown };
  for (const other of Object.keys(others)) throw new TypeError(`unknown option ${JSON.stringify(other)}`);
  const page = parseRedirect(redirect);
  return (head) => {
    if (!isForPage(head)) return refused;
    const url = new URL(page);
    url.searchParams.set('return_to', returnTo(head.target));
    const location = url.origin === base ? url.href.slice(base.length) : url.href;
    return { status: 302, code: refused.code, headers: { location, 'cache-control': 'no-store' }, body: '' };
  };
}

/** The form of a path on the same origin, or of a whole URL. Browsers take a backslash for a slash. */
const redirectForm = /^(?:\/(?![/\\])|https?:\/\/)/i;

/** Checks where signed-out people are sent. Throws a `TypeError` for anything but an http(s) URL or a path. */
export function parseRedirect(redirect: unknown): URL {
  if (typeof redirect === 'string' && redirectForm.test(redirect) && URL.canParse(redirect, base)) {
    return new URL(redirect, base);
  }
  throw new TypeError("onSignedOut must be 'problem' or { redirect }, an http(s) URL or a path");
}

/**
 * Path and query of a request, as an address that a browser can only take for one on the same origin: it begins with
 * exactly one slash, and has no backslash, which browsers take for a slash (WHATWG URL, 4.4).
 */
export function returnTo(target: string): string {
  const text = /^[/\\]/.test(target) ? target.replace(/^[/\\]+/, '/') : target;
  if (!URL.canParse(text, base)) return '/';
  const { pathname, search } = new URL(text, base);
  return `/${pathname.replace(/^[/\\]+/, '')}${search}`;
}
