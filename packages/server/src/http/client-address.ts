import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The client's IP address: the only one that sessions show, and that limits and logs go by. */
    readonly clientAddress: string;
  }
}

/**
 * Gives requests the member `clientAddress`: the peer's address; or, where the peer is one of these addresses and
 * networks, the last one in X-Forwarded-For that is not. `Forwarded` (RFC 7239) and other fields are not read.
 */
export function decorateClientAddress(server: FastifyInstance, trustedProxies: readonly string[]): void {
  const isTrusted = createTrust(trustedProxies);
  server.decorateRequest('clientAddress', {
    getter() {
      return clientAddressOf(this.raw, isTrusted);
    },
  });
}

/** The address that stands before what is no address is as far as is known: proxies write names and `unknown`, too. */
function clientAddressOf(
  { socket, headers }: IncomingMessage,
  isTrusted: (address: string) => boolean,
): string {
  let known = parseAddress(socket.remoteAddress ?? '') ?? '';
  const forwarded = headers['x-forwarded-for'];
  if (forwarded === undefined || !isTrusted(known)) return known;
  const sent = [forwarded].flat().join().split(',');
  for (const text of sent.toReversed()) {
    if (text.trim() === '') continue;
    const address = parseAddress(text);
    if (address === undefined) return known;
    known = address;
    if (!isTrusted(known)) return known;
  }
  return known;
}

/**
 * An IP address in its canonical spelling; undefined where there is none. Proxies write it with a port
 * (`192.0.2.1:443`, `[2001:db8::1]:443`), in quotes, with a zone, and IPv4 as IPv6 (`::ffff:192.0.2.1`).
 */
export function parseAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^"(.*)"$/, '$1');
  const [, inBrackets, beforePort] = /^(?:\[(.+)\]|([\d.]+))(?::\d{1,5})?$/.exec(bare) ?? [];
  const address = inBrackets ?? beforePort ?? bare;
  const family = isIP(address);
  if (family === 4) return address;
  if (family === 0) return undefined;
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address;
  const mapped = canonical.startsWith('::ffff:') ? canonical.slice('::ffff:'.length) : '';
  return isIPv4(mapped) ? mapped : canonical;
}

function createTrust(networks: readonly string[]): (address: string) => boolean {
  const trusted = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
