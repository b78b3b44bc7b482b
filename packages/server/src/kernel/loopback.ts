import { BlockList, isIP } from 'node:net';

const own = new BlockList();
own.addSubnet('127.0.0.0', 8);
own.addAddress('::1', 'ipv6');

/** Whether a host, of a URL or to listen on, is this machine: its names, and its addresses in every spelling. */
export function isLoopback(host: string): boolean {
  const name = canonical(host);
  if (/^(?:.+\.)?localhost$|^localhost(?:\.localdomain|[46])$/.test(name)) return true;
  const family = isIP(name);
  return family !== 0 && own.check(name, family === 4 ? 'ipv4' : 'ipv6');
}

/** The host as in an http URL, which knows all spellings of an address (`127.1`), without brackets and the last dot. */
function canonical(host: string): string {
  const url = `http://${isIP(host) === 6 ? `[${host}]` : host}`;
  const name = URL.canParse(url) ? new URL(url).hostname : '';
  return name.replace(/^\[|\]$|\.$/g, '');
}
