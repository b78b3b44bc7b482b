/** How the session credential travels: in the browser's cookie, or in a header that the client sets. */
export type Mode = 'cookie' | 'header';

/**
 * `cookie` in a page of a web site, else `header`: programs have no cookies, and those of an application (Capacitor,
 * Electron, Tauri, a browser extension) would be of another site than its pages, so that no browser stores them. Its
 * pages have a scheme of their own, or are on a `localhost` without a port that is of another site than the server. `url`
 * is the server's.
 */
export function defaultMode(url: string): Mode {
  const global = globalThis as { readonly location?: { readonly protocol: string; readonly host: string } };
  const inBrowser = 'document' in globalThis || 'WorkerGlobalScope' in globalThis;
  if (!inBrowser || global.location === undefined) return 'header';
  const { protocol, host } = global.location;
  if (protocol !== 'https:' && protocol !== 'http:') return 'header';
  const isElsewhere = siteOf(host) !== siteOf(new URL(url).hostname);
  return /(?:^|\.)localhost$/.test(host) && isElsewhere ? 'header' : 'cookie';
}

/** What browsers take for one site below `localhost`: each name there, with all below it. */
function siteOf(host: string): string {
  return host.split('.').slice(-2).join('.');
}
