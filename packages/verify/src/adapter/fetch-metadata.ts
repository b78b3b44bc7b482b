import type { RawHeaders } from './read-credentials.ts';

/** The line of a request, and its header fields. */
export interface RequestHead {
  readonly method: string;
  /** Path and query, or a URL. */
  readonly target: string;
  readonly headers: RawHeaders;
}

/** Where a request comes from and what it wants, as far as the client says so. */
interface Metadata {
  /** Empty if the client sends none. A field that was sent twice has both values, and is none of the known words. */
  readonly site: string;
  readonly mode: string;
  readonly dest: string;
  readonly accept: string;
}

const names = {
  'sec-fetch-site': 'site',
  'sec-fetch-mode': 'mode',
  'sec-fetch-dest': 'dest',
  accept: 'accept',
} as const;
const ownSites = new Set(['same-origin', 'same-site', 'none']);

/** Which requests the cookie may prove by itself: `safe` ones, these and all of the `same-origin`, or `never` any. */
export type CookieOnly = 'safe' | 'same-origin' | 'never';

/**
 * Whether the cookie may prove a request by itself: one that changes nothing (RFC 9110, 9.2.1), and that comes from the
 * same site or opens a page in a tab. Browsers say so in Fetch Metadata (W3C), which no page can set. Where there is
 * none, as in older browsers and on plain http, the request must be one for a page. A WebSocket begins with a GET, but
 * may change anything, and no other origin is kept from reading it: the very same origin must open it. With
 * `same-origin` a request that changes something may be one, too, if the browser says that the very same origin makes
 * it.
 */
export function mayUseCookieAlone(
  { method, headers }: RequestHead,
  cookieOnly: CookieOnly = 'safe',
): boolean {
  if (cookieOnly === 'never') return false;
  if (!isSafe(method)) return cookieOnly === 'same-origin' && readMetadata(headers).site === 'same-origin';
  const metadata = readMetadata(headers);
  if (metadata.site === '') return acceptsHtml(metadata.accept);
  if (metadata.mode === 'websocket') return metadata.site === 'same-origin';
  if (ownSites.has(metadata.site)) return true;
  return metadata.mode === 'navigate' && metadata.dest === 'document';
}

/** Whether a request opens a page, so that its answer is shown to a person. */
export function isForPage({ method, headers }: RequestHead): boolean {
  if (!isSafe(method)) return false;
  const { site, mode, accept } = readMetadata(headers);
  return site === '' ? acceptsHtml(accept) : mode === 'navigate';
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD';

function readMetadata(headers: RawHeaders): Metadata {
  const metadata = { site: '', mode: '', dest: '', accept: '' };
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index]!;
    // Most fields have other names: their length tells.
    if (name.length !== 14 && name.length !== 6) continue;
    const key = names[name.toLowerCase() as keyof typeof names];
    if (key === undefined) continue;
    const value = headers[index + 1]!;
    metadata[key] = metadata[key] === '' ? value : `${metadata[key]}, ${value}`;
  }
  return metadata;
}

/** Whether the client names `text/html`, and not only to say that it does not want it (RFC 9110, 12.5.1). */
function acceptsHtml(accept: string): boolean {
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === 'text/html' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
