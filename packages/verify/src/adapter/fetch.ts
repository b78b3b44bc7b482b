import type { RequestHead } from './fetch-metadata.ts';
import type { Problem } from './problem.ts';

/**
 * The head of a Fetch request. Fetch joins a field that was sent twice, with a comma or, for cookies, a semicolon; the
 * reader of credentials sees and refuses that too.
 */
export const headOf = ({ method, url, headers }: Request): RequestHead => ({
  method,
  target: pathOf(url),
  headers: [...headers].flat(),
});

/** An answer that refuses a request, as a Fetch response. */
export const responseOf = ({ status, headers, body }: Problem): Response =>
  new Response(body, { status, headers });

/** The response with more header fields. That of `fetch` or `Response.redirect` takes none: a copy does. */
export function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  const added = Object.entries(headers);
  if (added.length === 0) return response;
  try {
    for (const [name, value] of added) response.headers.set(name, value);
    return response;
  } catch {
    const copy = new Response(response.body, response);
    for (const [name, value] of added) copy.headers.set(name, value);
    return copy;
  }
}

/** Path and query of a URL, as they stand there: a parser would take `//` at their beginning for a host. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const end = url.indexOf('#');
  return start < 0 ? '/' : url.slice(start, end < 0 ? undefined : end);
}
