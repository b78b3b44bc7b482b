import type { Problem } from './problem.ts';

/**
 * The header fields of a Fetch request. Fetch joins a field that was sent twice, with a comma or, for cookies, a
 * semicolon; the reader of credentials sees and refuses that too.
 */
export const rawHeadersOf = ({ headers }: Request) => [...headers].flat();

/** An answer that refuses a request, as a Fetch response. */
export const responseOf = ({ status, headers, body }: Problem) => new Response(body, { status, headers });
