import Bowser from 'bowser';
import type { FastifyRequest } from 'fastify';
import type { Device } from '../sessions/session.ts';

/** Browsers send no longer ones. */
const maxUserAgent = 512;

/** Where a request comes from, as sessions show it. Does not fail, whatever the User-Agent header is. */
export function deviceOf(request: FastifyRequest): Device {
  const agent = (request.headers['user-agent'] ?? '').slice(0, maxUserAgent);
  return { address: request.ip ?? '', ...read(agent) };
}

function read(agent: string): { client: string; platform: string } {
  try {
    const { browser, os } = Bowser.parse(agent);
    return { client: join(browser.name, browser.version), platform: join(os.name, os.version) };
  } catch {
    return { client: '', platform: '' };
  }
}

function join(...parts: (string | undefined)[]): string {
  return parts
    .filter(Boolean)
    .join(' ')
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 64);
}
