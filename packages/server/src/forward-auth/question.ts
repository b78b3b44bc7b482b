import type { IncomingMessage } from 'node:http';
import type { RequestHead } from '@latchkey/verify/internal';
import { isRequirement, RequirementError } from './requirement.ts';

/** What a proxy asks: whether a request may pass. */
export interface Question {
  /** The client's request, as far as the proxy tells of it. */
  readonly head: RequestHead;
  /** The requirement in the query. */
  readonly query: string;
  /** The requirement in the header. */
  readonly header?: string;
}

/**
 * Reads a question to `/verify`, whose query is the proxy's, or below `/verify/`, where method, path and query are the
 * client's own, as Envoy passes them on. Returns `undefined` for any other path. Throws a RequirementError for `/verify/`
 * with a query that is a requirement and none in the header: somebody wrote a slash too much, and whoever is signed in
 * would pass.
 */
export function readQuestion(request: IncomingMessage): Question | undefined {
  const { url = '', method = '', headers, rawHeaders } = request;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const required = headers['x-latchkey-require'];
  const header = required === undefined ? {} : { header: String(required) };
  if (path.startsWith('/verify/')) {
    const target = url.slice('/verify'.length);
    if (path === '/verify/' && required === undefined && isRequirement(url.slice(path.length + 1))) {
      throw new RequirementError("is in the query of /verify/, where the query is the client's: ask /verify");
    }
    return { head: { method, target, headers: rawHeaders }, query: '', ...header };
  }
  if (path !== '/verify') return undefined;
  const target = String(headers['x-forwarded-uri'] ?? '/');
  const head = { method: methodOf(request), target, headers: rawHeaders };
  return { head, query: mark < 0 ? '' : url.slice(mark + 1), ...header };
}

/**
 * The method of the client's request. Where the proxy does not tell it, `GET` only if nothing speaks against it: nginx
 * asks with `GET` about every request, but browsers send `Origin` with those that may change something, and a type with
 * those that have a body.
 */
function methodOf({ method = '', headers }: IncomingMessage): string {
  const told = headers['x-forwarded-method'];
  if (told !== undefined) return String(told);
  const doubts = ['origin', 'content-type', 'content-length', 'transfer-encoding'];
  return doubts.some((name) => headers[name] !== undefined) ? 'unknown' : method;
}
