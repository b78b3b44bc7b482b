import type { Problem } from './problem.ts';
import type { RawHeaders } from './read-credentials.ts';

/**
 * The fields of a request by the Fetch standard. What came twice is joined in there, with a comma
 * or, for cookies, a semicolon; either is seen and refused like two fields.
 */
export const rawHeadersOf = ({ headers }: Request): RawHeaders => [...headers].flat();

/** An answer that refuses a request, as a response by the Fetch standard. */
export const responseOf = ({ status, headers, body }: Problem): Response =>
  new Response(body, { status, headers });
