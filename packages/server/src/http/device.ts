import Bowser from 'bowser';
import type { FastifyRequest } from 'fastify';
import type { Device } from '../sessions/session.ts';

/** Browsers send no longer ones. */
const maxUserAgent = 512;

type Make = Pick<Device, 'client' | 'platform'>;

/** Where a request comes from, as sessions show it. Does not fail, whatever the User-Agent header is. */
export function deviceOf(request: FastifyRequest): Device {
  return { address: request.clientAddress, ...makeOf(request.headers['user-agent'] ?? '') };
}

/**
 * The client and the system that a User-Agent names (RFC 9110, 10.1.5). Browsers, which all call themselves Mozilla, are
 * told apart by a library; any other program by the first product that it names.
 */
export function makeOf(userAgent: string): Make {
  const agent = userAgent.slice(0, maxUserAgent).trim();
  const parsed = parse(agent);
  const { browser, os } = parsed;
  const isBrowser = /^(?:Mozilla|Opera|Dalvik)\//.test(agent) && browser.name && browser.name !== 'Mozilla';
  return {
    client: (isBrowser ? join(browser.name, browser.version) : programOf(agent)) || 'unknown client',
    platform: join(os.name, os.version) || systemOf(agent) || 'unknown system',
  };
}

function parse(agent: string): Pick<Bowser.Parser.ParsedResult, 'browser' | 'os'> {
  try {
    return Bowser.parse(agent);
  } catch {
    return { browser: {}, os: {} };
  }
}

/** The first product that a program names; the last of those that call themselves Mozilla first. */
function programOf(agent: string): string {
  const text = agent.startsWith('Mozilla/')
    ? (/\s([^\s/()]+\/\S+)$/.exec(agent)?.[1] ?? '')
    : agent.replace(/^Python\/\S+ (?=aiohttp\/)/, '');
  const [, name = '', version] = /^([^/(]*)(?:\/([^\s(]*))?/.exec(text)!;
  return join(name.trim() === 'node' ? 'Node.js' : name.trim(), version);
}

/** Where the library knows no system: what programs write into the comment, or beside Apple's own library. */
function systemOf(agent: string): string {
  const [, name, version] =
    /\b(iOS|iPadOS|Android|macOS|Darwin|Linux|Windows)\b[ /]?([\d.]*)/i.exec(agent) ?? [];
  return join(name, version);
}

function join(...parts: (string | undefined)[]): string {
  return parts
    .filter(Boolean)
    .join(' ')
    .replace(/[^\x20-\x7e]|[<>"'&]/g, '')
    .trim()
    .slice(0, 64);
}
