/** The path of the public URL, without a slash at its end: empty where the URL is an origin. */
export function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/**
 * Takes the public URL's path off a request's, where a reverse proxy has left it there; undefined where there is none.
 * Proxies that take it off themselves are served as well: a path that is a route as it stands stays, so that
 * `https://example.com/auth` can be the public URL, too, although there are routes below `/auth`.
 */
export function createPathStripper(
  publicUrl: string,
  isRoute: (url: string) => boolean,
): ((url: string) => string) | undefined {
  const base = basePathOf(publicUrl);
  if (base === '') return undefined;
  return (url) => {
    const rest = url.startsWith(base) ? url.slice(base.length) : undefined;
    if (rest === undefined || !/^(?:[/?]|$)/.test(rest) || isRoute(url)) return url;
    return rest.startsWith('/') ? rest : `/${rest}`;
  };
}

/**
 * The path and query that a request asks for, without the public URL's path. Some clients of proxies name the whole URL
 * (RFC 9112, 3.2.2); which host it names makes no difference.
 */
export function targetOf(url: string, stripPath: ((url: string) => string) | undefined): string {
  const target = url.startsWith('/')
    ? url
    : url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/^(?=\?|$)/, '/');
  return stripPath === undefined ? target : stripPath(target);
}
