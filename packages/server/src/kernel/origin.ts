/**
 * Origins, in the spelling in which browsers send them (RFC 6454, 6.2). Those of web sites are URLs without a path.
 * Those of applications have a scheme of their own, as `capacitor://localhost`; they are compared as texts, because the
 * URL standard calls all of them `null`.
 */

/** A scheme of its own, a host, which may be missing, and a port. WebKit sends `myapp://` for `myapp:///index.html`. */
const applicationForm = /^[a-z][a-z0-9+.-]*:\/\/(?:[A-Za-z0-9._~-]*|\[[0-9a-f:]+\])(?::\d{1,5})?$/;
/** Schemes whose pages are nobody's own. */
const sharedSchemes = /^(?:about|blob|chrome|data|file|ftp|javascript|wss?):/i;

/** Why the text is not the origin of one site or application; `undefined` if it is. Goes on after "It". */
export function faultOfOrigin(text: string): string | undefined {
  if (text.includes('*')) return 'must name every origin in full: a pattern with * lets in others than yours';
  if (text === 'null') return 'must not list null: sandboxed pages and local files of anybody send it';
  if (sharedSchemes.test(text)) {
    return 'must not list local files and the like, which anybody can have made: give the application a scheme of its own, as in app://localhost';
  }
  if (/[;|\s]/.test(text)) return 'must separate origins by commas';
  const sent = spellingOf(text);
  if (sent === text) return undefined;
  return sent === undefined
    ? 'must list origins, as in https://app.example.com or capacitor://localhost'
    : `must list origins without a path, and exactly as browsers send them: ${sent}`;
}

/** How browsers send the origin of a URL; `undefined` if it has none. */
function spellingOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, origin } = new URL(url);
  if (/^https?:$/.test(protocol)) return origin;
  const spelled = `${protocol}//${host}`;
  return applicationForm.test(spelled) && /^[^:]+:\/\//.test(url) ? spelled : undefined;
}

/**
 * Whether pages of this origin belong to an application on somebody's device, whose cookies for the server are those of
 * another site, so that no browser stores or sends them. They have a scheme of their own; where a system allows none,
 * as on Android, they are on `localhost` without a port.
 */
export function isApplication(origin: string, serverHost: string): boolean {
  if (!/^https?:/.test(origin)) return true;
  const { host } = new URL(origin);
  return /(?:^|\.)localhost$/.test(host) && siteOf(host) !== siteOf(serverHost);
}

/** What browsers take for one site below `localhost`: each name there, with all below it. */
function siteOf(host: string): string {
  return host.split('.').slice(-2).join('.');
}
